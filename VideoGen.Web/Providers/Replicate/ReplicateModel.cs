namespace VideoGen.Web.Providers.Replicate;

/// <summary>What the catalogue calls a model of Replicate: "owner/name", or "owner/name:version" for one certain version.</summary>
/// <param name="Name">"owner/name".</param>
/// <param name="Version">Needed for models of the community; <see langword="null"/> for those that Replicate keeps up to date.</param>
internal sealed record ReplicateModel(string Name, string? Version)
{
    public static ReplicateModel Parse(string modelId)
    {
        var at = modelId.IndexOf(':', StringComparison.Ordinal);
        return at < 0 ? new ReplicateModel(modelId, Version: null) : new ReplicateModel(modelId[..at], modelId[(at + 1)..]);
    }

    /// <summary>Where a prediction is asked for.</summary>
    public string Path => Version is null
        ? $"models/{string.Join('/', Name.Split('/').Select(Uri.EscapeDataString))}/predictions"
        : "predictions";

    /// <summary>Whether a prediction is one of this model. One of a version may name nothing else.</summary>
    public bool Made(Prediction prediction) =>
        (Version is not null && string.Equals(prediction.Version, Version, StringComparison.Ordinal))
        || (Version is null && string.Equals(prediction.Model, Name, StringComparison.Ordinal));
}
