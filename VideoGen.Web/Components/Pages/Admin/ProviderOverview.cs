using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Web.Models;

namespace VideoGen.Web.Components.Pages.Admin;

/// <summary>One provider as administrators see it.</summary>
/// <param name="Lack">The setting that it lacks; <see langword="null"/> when it can be used.</param>
/// <param name="Trouble">What keeps jobs from it just now; <see langword="null"/> for nothing.</param>
/// <param name="Capabilities"><see langword="null"/> when it cannot be used.</param>
public sealed record ProviderOverview(
    string Id, string Name, string? Lack, FailureKind? Trouble, ProviderCapabilities? Capabilities, IReadOnlyList<ModelOverview> Models);

/// <summary>One model with what uses it.</summary>
/// <param name="Substitute">What to use instead, or <see langword="null"/>.</param>
/// <param name="Use"><see langword="null"/> when nothing ever has.</param>
public sealed record ModelOverview(VideoModel Model, VideoModel? Substitute, ModelUse? Use);
