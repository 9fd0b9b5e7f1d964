using System.Collections.Frozen;
using VideoGen.Domain.Providers;

namespace VideoGen.Web.Providers;

/// <summary>The providers of this installation by id.</summary>
internal sealed class VideoProviders(IEnumerable<IVideoProvider> providers)
{
    private readonly FrozenDictionary<string, IVideoProvider> _byId =
        providers.ToFrozenDictionary(provider => provider.Id, StringComparer.Ordinal);

    /// <summary>The provider, or <see langword="null"/> when this installation has no such provider (any more).</summary>
    public IVideoProvider? Find(string providerId) => _byId.GetValueOrDefault(providerId);
}
