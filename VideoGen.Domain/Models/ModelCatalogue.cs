namespace VideoGen.Domain.Models;

/// <summary>All models that this installation knows, in the order in which people see them. Immutable.</summary>
public sealed class ModelCatalogue
{
    private readonly Dictionary<(string Provider, string Model), VideoModel> _byId;

    /// <exception cref="ArgumentException">An entry is named twice or contradicts itself; the message names it.</exception>
    public ModelCatalogue(IReadOnlyList<VideoModel> models)
    {
        Models = models;
        _byId = [];
        foreach (var model in models)
        {
            Check(model);
            if (!_byId.TryAdd((model.ProviderId, model.Id), model))
            {
                throw new ArgumentException($"The model {model.ProviderId}/{model.Id} is in the catalogue twice.", nameof(models));
            }
        }
    }

    public IReadOnlyList<VideoModel> Models { get; }

    /// <summary>The entry, or <see langword="null"/> when the catalogue has no such model (any more).</summary>
    public VideoModel? Find(string? providerId, string? modelId) =>
        providerId is null || modelId is null ? null : _byId.GetValueOrDefault((providerId, modelId));

    /// <summary>What to use instead of a model that goes or is gone; <see langword="null"/> when the catalogue names none.</summary>
    public VideoModel? SubstituteOf(VideoModel model) => model.Lifecycle.Substitute?.Split('/', 2) is [var provider, var id] ? Find(provider, id) : null;

    private static void Check(VideoModel model)
    {
        var problem = model switch
        {
            { Sizes.Count: 0 } => "offers no size",
            { Durations.Count: 0 } => "offers no duration",
            { MaxVariations: < 1 } => "allows no video at all",
            { MaxPromptLength: < 1 } => "takes no prompt",
            _ when model.Sizes.Any(size => size.Width <= 0 || size.Height <= 0) => "offers an empty picture",
            _ when model.Durations.Any(duration => duration <= TimeSpan.Zero) => "offers a duration of nothing",
            _ when !model.Durations.Contains(model.DefaultDuration) => "does not offer its own default duration",
            _ when model.UsualTime.Min > model.UsualTime.Max => "has its usual time the wrong way round",
            _ => null,
        };
        if (problem is not null)
        {
            throw new ArgumentException($"The model {model.ProviderId}/{model.Id} {problem}.", nameof(model));
        }
    }
}
