using VideoGen.Web.Repair;

namespace VideoGen.Web.Components.Pages.Admin;

/// <summary>What a finding is called, how grave it is, and the one next step.</summary>
/// <param name="Tone">"bad" or "warn".</param>
/// <param name="NextStep">What an administrator does about it.</param>
internal sealed record FindingWords(string Title, string Tone, string NextStep)
{
    private const string FromBackup = "Put the file back from a backup, under the same key.";

    public static FindingWords Of(RepairKind kind) => kind switch
    {
        RepairKind.VideoWithoutRow => new("Not in the gallery", "warn", "Nothing: the next check adds it."),
        RepairKind.VideoAtProvider => new("Video not kept", "bad", "Fetch it at the provider by hand, before it expires there."),
        RepairKind.VideoLost => new("Video lost", "bad", "Tell its owner. Generating it again costs as much as the first time."),
        RepairKind.ResultUnreadable => new("Video not readable", "bad", "See to the file in the store: once it can be read, the next check adds the video."),
        RepairKind.FileMissing => new("File missing", "bad", FromBackup),
        RepairKind.PosterMissing => new("Poster missing", "warn", "See whether the video plays. If not: " + FromBackup),
        RepairKind.FileChanged => new("File changed", "bad", "Compare it with a backup, and put the right one back under the same key."),
        RepairKind.FileUnplayable => new("Does not play", "bad", FromBackup + " Without one, tell its owner."),
        RepairKind.FileUnreadable => new("Not readable", "bad", "See to the file and what it lies on. If it stays so: " + FromBackup),
        RepairKind.FileWithoutRow => new("File without a row", "warn", "Keep it while another studio or a backup may know it; otherwise remove it in the store."),
        RepairKind.ImageUnused => new("Image not used", "warn", "It can be removed in the store: nothing waits for it."),
    };
}
