using Microsoft.AspNetCore.Components;
using VideoGen.Domain.Models;
using VideoGen.Web.Components.Controls;
using VideoGen.Web.Models;
using VideoGen.Web.Providers;

namespace VideoGen.Web.Components.Pages.Admin;

/// <summary>Every provider that this installation knows, whether it can be used, its models, their lifecycle, and what uses them.</summary>
public sealed partial class ModelsPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<ProviderOverview>? _providers;
    private DateOnly _today;

    [Inject]
    internal ModelCatalogue Catalogue { get; init; } = null!;

    [Inject]
    internal VideoProviders Providers { get; init; } = null!;

    [Inject]
    internal ModelUsageQuery Usage { get; init; } = null!;

    [Inject]
    public required TimeProvider Clock { get; init; }

    private string? CountWords => _providers is { } all
        ? Words.Say($"{all.Count(provider => provider.Lack is null)} of {Words.Count(all.Count, "provider")} set up")
        : null;

    private string? RetiredInUse => _providers!
        .SelectMany(provider => provider.Models)
        .Where(entry => entry.Model.Lifecycle.IsRetired(_today))
        .Sum(entry => entry.Use?.Active ?? 0) switch
    {
        0 => null,
        1 => "1 unfinished job uses a model that is retired.",
        var many => Words.Say($"{many:N0} unfinished jobs use a model that is retired."),
    };

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _today = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        var uses = (await Usage.RunAsync(_leaving.Token)).ToDictionary(use => (use.ProviderId, use.ModelId));
        _providers =
        [
            .. Catalogue.Models
                .GroupBy(model => model.ProviderId, StringComparer.Ordinal)
                .Select(own => new ProviderOverview(
                    own.Key,
                    own.First().ProviderName,
                    Providers.LackOf(own.Key),
                    Providers.TroubleOf(own.Key),
                    Providers.Find(own.Key)?.Capabilities,
                    [.. own.Select(model => new ModelOverview(model, Catalogue.SubstituteOf(model), uses.GetValueOrDefault((model.ProviderId, model.Id))))]))
                .OrderBy(provider => provider.Lack is not null),
        ];
    }
}
