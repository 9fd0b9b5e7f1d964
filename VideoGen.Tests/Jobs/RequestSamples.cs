using VideoGen.Domain.Jobs;
using VideoGen.Tests.Models;

namespace VideoGen.Tests.Jobs;

/// <summary>A request that <see cref="ModelSamples.Model"/> can fulfil, to vary with <c>with</c>.</summary>
internal static class RequestSamples
{
    public static readonly GenerationRequest Request = new()
    {
        ProviderId = ModelSamples.Model.ProviderId,
        ModelId = ModelSamples.Model.Id,
        Prompt = "A fox in the snow",
        Size = ModelSamples.Model.Sizes[0],
        Duration = ModelSamples.Model.DefaultDuration,
    };
}
