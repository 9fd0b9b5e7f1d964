namespace VideoGen.Web.Providers.Transport;

/// <summary>Which addresses results may be fetched from. Section "ResultLinks".</summary>
public sealed class ResultLinkOptions
{
    public const string SectionName = "ResultLinks";

    /// <summary>
    /// Lets links point into private networks and use plain HTTP. For a gateway of one's own, or the simulator; it takes away
    /// what keeps a provider from reaching into the server's network.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }
}
