using System.ComponentModel.DataAnnotations;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Luma.DreamMachine;

/// <summary>Luma's older API, Dream Machine. Section "Providers:Luma".</summary>
public sealed class DreamMachineOptions : RemoteProviderOptions
{
    public DreamMachineOptions() => BaseAddress = new Uri("https://api.lumalabs.ai/dream-machine/v1/");

    /// <summary>
    /// What the callback address of every attempt begins with; the attempt's key follows after a slash. Luma says the address back in
    /// its listing, and that is how a submission whose answer was lost is found again; nobody has to answer there. The default is
    /// a name that can never exist, so that nothing is told to anybody. Changed, it no longer finds what was sent before.
    /// </summary>
    [Required]
    public Uri CallbackBase { get; set; } = new("https://videogen.invalid/luma");
}
