using VideoGen.Domain.Models;

namespace VideoGen.Tests.Models;

/// <summary>A catalogue entry to vary with <c>with</c>.</summary>
internal static class ModelSamples
{
    public static readonly VideoModel Model = new()
    {
        ProviderId = "test",
        ProviderName = "Test provider",
        Id = "model-1",
        Name = "Model One",
        Sizes = [new VideoSize(1280, 720), new VideoSize(720, 1280)],
        Durations = [TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)],
        DefaultDuration = TimeSpan.FromSeconds(4),
        FrameRates = [30, 24],
        MaxPromptLength = 20,
        MaxVariations = 2,
        TakesReferenceImage = true,
        TakesSeed = true,
        Price = new ModelPrice(PerSecond: 0.10m),
        UsualTime = new UsualTime(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90)),
    };
}
