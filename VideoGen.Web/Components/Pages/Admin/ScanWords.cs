using VideoGen.Web.Repair;

namespace VideoGen.Web.Components.Pages.Admin;

/// <summary>What a scan looks at, for people.</summary>
internal static class ScanWords
{
    public static string Of(RepairScanName scan) => scan switch
    {
        RepairScanName.Leftovers => "Unfinished files",
        RepairScanName.Jobs => "Results of completed jobs",
        RepairScanName.Files => "Files of videos",
        RepairScanName.Store => "Files in the store",
        RepairScanName.Contents => "Bytes and playback",
    };
}
