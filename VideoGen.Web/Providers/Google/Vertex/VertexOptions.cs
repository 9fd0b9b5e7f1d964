using System.ComponentModel.DataAnnotations;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Google.Vertex;

/// <summary>Veo on Google Vertex AI. Section "Providers:Vertex". It takes no API key: <see cref="CredentialsFile"/> stands for it.</summary>
public sealed class VertexOptions : RemoteProviderOptions
{
    public const string SectionName = "Providers:Vertex";

    // A job takes a minute or more and reports no progress on the way.
    public VertexOptions() => PollInterval = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A service account's key as a JSON file, as the cloud console hands it out. Read anew for each token, so that it can be exchanged
    /// while the server runs.
    /// </summary>
    public string? CredentialsFile { get; set; }

    /// <summary>An access token to be used as it is, in the place of a service account. It ends within an hour: for trying things out.</summary>
    public string? AccessToken { get; set; }

    /// <summary>The cloud project that is billed.</summary>
    [Required]
    public string ProjectId { get; set; } = "";

    /// <summary>The region. Where no base address is given, it is that of the region.</summary>
    [Required]
    public string Location { get; set; } = "us-central1";

    /// <summary>Whether videos come with sound.</summary>
    public bool GenerateAudio { get; set; } = true;

    /// <summary>
    /// Where results are put: "gs://bucket/folder", a folder for each attempt below it. Better set: without, each video comes whole in
    /// the answer about its job, and the provider forgets it with the job.
    /// </summary>
    [RegularExpression("gs://[^/]+(/.*)?", ErrorMessage = "Providers:Vertex:StorageUri has to be like gs://bucket/folder.")]
    public string? StorageUri { get; set; }

    /// <summary>Where Cloud Storage's JSON API is; the one other host that the token is sent to.</summary>
    [Required]
    public Uri StorageAddress { get; set; } = new("https://storage.googleapis.com/storage/v1/");

    /// <summary>As <see cref="RemoteProviderOptions.Root"/>, of the storage.</summary>
    internal Uri StorageRoot => StorageAddress.AbsoluteUri.EndsWith('/') ? StorageAddress : new Uri(StorageAddress.AbsoluteUri + "/");
}
