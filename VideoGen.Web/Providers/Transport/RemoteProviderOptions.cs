using System.ComponentModel.DataAnnotations;

namespace VideoGen.Web.Providers.Transport;

/// <summary>What every provider across a network needs to be told.</summary>
public abstract class RemoteProviderOptions
{
    /// <summary>The account's key. Without one the provider is shown as not set up. Best given by environment.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Where the API is; the only host that the key is sent to.</summary>
    [Required]
    public Uri BaseAddress { get; set; } = default!;

    /// <summary>How many jobs the account may have running at once; further ones wait here.</summary>
    [Range(1, 1000)]
    public int MaxConcurrentJobs { get; set; } = 5;

    /// <summary>How often one running job is asked about.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The base address with the slash at its end that lets relative addresses keep its path.</summary>
    internal Uri Root => BaseAddress.AbsoluteUri.EndsWith('/') ? BaseAddress : new Uri(BaseAddress.AbsoluteUri + "/");
}
