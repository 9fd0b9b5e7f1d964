using VideoGen.Web.Providers.Luma;

namespace VideoGen.Tests.Providers.Luma;

/// <summary>Dream Machine as the application registers it.</summary>
internal static class DreamMachine
{
    public static readonly RemoteVendor Vendor = new("luma", "Providers:Luma", "/dream-machine/v1", static builder => builder.AddLuma());
}
