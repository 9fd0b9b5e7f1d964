using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers;

/// <summary>The providers of this installation by id. Those across a network stand behind a circuit breaker each.</summary>
internal sealed class VideoProviders
{
    private readonly FrozenDictionary<string, IVideoProvider> _byId;
    private readonly FrozenDictionary<string, string> _missing;

    public VideoProviders(
        IEnumerable<IVideoProvider> providers,
        IEnumerable<MissingKey> missing,
        IOptions<BreakerOptions> breaker,
        TimeProvider clock,
        ILoggerFactory logs)
    {
        var logger = logs.CreateLogger<GuardedProvider>();
        _byId = providers
            .Select(provider => provider.Capabilities.IsRemote ? new GuardedProvider(provider, breaker.Value, clock, logger) : provider)
            .ToFrozenDictionary(provider => provider.Id, StringComparer.Ordinal);
        _missing = missing.ToFrozenDictionary(entry => entry.ProviderId, entry => entry.Setting, StringComparer.Ordinal);
    }

    /// <summary>The provider, or <see langword="null"/> when this installation has no such provider (any more).</summary>
    public IVideoProvider? Find(string providerId) => _byId.GetValueOrDefault(providerId);

    /// <summary>What a provider lacks to be used here: the setting to make, or <see langword="null"/> when it lacks nothing.</summary>
    public string? LackOf(string providerId) =>
        _byId.ContainsKey(providerId) ? null : _missing.GetValueOrDefault(providerId, $"no provider is called \"{providerId}\"");

    /// <summary>Whether videos of a model can be remixed: both the model and its provider, as it is set up here, have to know how.</summary>
    public bool CanRemix(VideoModel model) => model.CanRemix && Find(model.ProviderId) is { Capabilities.CanRemix: true };

    /// <summary>Whether the provider does not answer and nothing should be begun there now.</summary>
    public bool IsLeftAlone(string providerId) => Find(providerId) is GuardedProvider { IsLeftAlone: true };

    /// <summary>What keeps jobs from the provider just now: no answer, its key, its account, or a wish to be asked less; <see langword="null"/> for nothing.</summary>
    public FailureKind? TroubleOf(string providerId) => (Find(providerId) as GuardedProvider)?.Trouble;

    /// <summary>Whether the provider may be asked once more after a setback of a job. One that is built in always may.</summary>
    public bool TrySpendRetry(string providerId) => Find(providerId) is not GuardedProvider guarded || guarded.TrySpendRetry();
}
