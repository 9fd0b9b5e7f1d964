using System.Text.Json;
using VideoGen.Domain.Models;
using VideoGen.Web.Providers.Fal;
using VideoGen.Web.Providers.Replicate;

namespace VideoGen.Tests.Models;

[Trait("Req", "R-01")]
public sealed class ModelCatalogueTests
{
    private static readonly Dictionary<string, VideoModel> Contradictions = new(StringComparer.Ordinal)
    {
        ["offers no size"] = ModelSamples.Model with { Sizes = [] },
        ["offers no duration"] = ModelSamples.Model with { Durations = [] },
        ["allows no video at all"] = ModelSamples.Model with { MaxVariations = 0 },
        ["takes no prompt"] = ModelSamples.Model with { MaxPromptLength = 0 },
        ["offers an empty picture"] = ModelSamples.Model with { Sizes = [new VideoSize(1280, 0)] },
        ["offers a duration of nothing"] = ModelSamples.Model with { Durations = [TimeSpan.Zero], DefaultDuration = TimeSpan.Zero },
        ["does not offer its own default duration"] = ModelSamples.Model with { DefaultDuration = TimeSpan.FromSeconds(5) },
        ["has its usual time the wrong way round"] = ModelSamples.Model with { UsualTime = new UsualTime(TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(1)) },
        ["names an id for images but takes none"] = ModelSamples.Model with { TakesReferenceImage = false, ImageId = "model-2" },
        ["has an input, which its provider does not ask for"] = ModelSamples.Model with { Input = Input("{prompt}") },
    };

    private static readonly Dictionary<string, VideoModel> InputMistakes = new(StringComparer.Ordinal)
    {
        ["has no input, which its provider needs"] = Generic() with { Input = null },
        ["has the unknown placeholder {promt} in its input"] = Generic("{promt}"),
        ["has no {prompt} in its input"] = Generic("{seconds}"),
        ["takes a seed, but has no {seed} in its input"] = Generic("{prompt}") with { TakesSeed = true },
        ["takes an image, but has no {image} in its input"] = Generic("{prompt}") with { TakesReferenceImage = true },
        ["offers frame rates, but has no {fps} in its input"] = Generic("{prompt}") with { FrameRates = [24, 30] },
        ["offers durations, but has no {seconds} in its input"] = Generic("{prompt}") with { Durations = ModelSamples.Model.Durations },
        ["offers shapes, but has no {ratio} in its input"] = Generic("{prompt}") with { Sizes = ModelSamples.Model.Sizes },
        ["offers resolutions, but has no {resolution} in its input"] =
            Generic("{prompt}", "{ratio}") with { Sizes = [new VideoSize(1280, 720), new VideoSize(1920, 1080)] },
    };

    public static TheoryData<string> EveryContradiction() => [.. Contradictions.Keys];

    [Theory]
    [MemberData(nameof(EveryContradiction))]
    public void Catalogue_EntryContradictsItself_IsRefusedByName(string problem)
    {
        var refused = Assert.Throws<ArgumentException>(() => new ModelCatalogue([Contradictions[problem]]));

        Assert.StartsWith($"The model test/model-1 {problem}.", refused.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> EveryInputMistake() => [.. InputMistakes.Keys];

    [Theory]
    [Trait("Req", "R-02")]
    [MemberData(nameof(EveryInputMistake))]
    public void Catalogue_InputIsMistaken_IsRefusedByName(string problem)
    {
        var refused = Assert.Throws<ArgumentException>(() => new ModelCatalogue([InputMistakes[problem]]));

        Assert.StartsWith($"The model fal/model-1 {problem}.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-02")]
    public void Catalogue_InputHoldsEveryChoice_IsAccepted()
    {
        var model = ModelSamples.Model with { ProviderId = "replicate", Input = Input("{prompt}", "{seconds:s}", "{size}", "{fps}", "{seed}", "{image}") };

        Assert.Same(model, Assert.Single(new ModelCatalogue([model]).Models));
    }

    [Fact]
    [Trait("Req", "R-02")]
    public void Providers_ThatNeedAnInput_AreThoseThatRunAnyModel() =>
        Assert.Equal([FalSetup.ProviderId, ReplicateSetup.ProviderId], ModelInput.Providers.Order(StringComparer.Ordinal), StringComparer.Ordinal);

    [Fact]
    public void Catalogue_SameModelTwice_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new ModelCatalogue([ModelSamples.Model, ModelSamples.Model with { Name = "Again" }]));
    }

    [Theory]
    [InlineData("test", "model-1", true)]
    [InlineData("test", "model-2", false)]
    [InlineData("other", "model-1", false)]
    [InlineData(null, "model-1", false)]
    [InlineData("test", null, false)]
    public void Find_ByProviderAndModel_OnlyWhatIsThere(string? provider, string? model, bool expected)
    {
        var catalogue = new ModelCatalogue([ModelSamples.Model]);

        Assert.Equal(expected, catalogue.Find(provider, model) is not null);
    }

    [Theory]
    [Trait("Req", "R-03")]
    [InlineData(null, null, "2026-09-24", false)]
    [InlineData("2026-09-24", null, "2026-09-24", false)]
    [InlineData("2026-09-24", null, "2026-09-25", true)]
    [InlineData(null, "2026-10-15", "2026-10-14", false)]
    [InlineData(null, "2026-10-15", "2026-10-15", true)]
    public void IsRetired_AroundItsDates_FromTheDayItNoLongerWorks(string? sunset, string? retired, string today, bool expected)
    {
        var lifecycle = new ModelLifecycle(Day(sunset), Day(retired));

        Assert.Equal(expected, lifecycle.IsRetired(Day(today)!.Value));
    }

    [Fact]
    [Trait("Req", "R-05")]
    public void CostOf_EveryKindOfPrice_AddsUpOrSaysNothing()
    {
        var fourSeconds = TimeSpan.FromSeconds(4);

        Assert.Null(ModelPrice.Unknown.CostOf(fourSeconds));
        Assert.Equal(0m, ModelPrice.Free.CostOf(fourSeconds));
        Assert.Equal(0.40m, new ModelPrice(PerSecond: 0.10m).CostOf(fourSeconds));
        Assert.Equal(0.25m, new ModelPrice(PerVideo: 0.25m).CostOf(fourSeconds));
        Assert.Equal(0.65m, new ModelPrice(0.10m, 0.25m).CostOf(fourSeconds));
        Assert.True(ModelPrice.Free.IsFree);
        Assert.False(ModelPrice.Unknown.IsFree);
        Assert.False(new ModelPrice(PerSecond: 0.10m).IsFree);
    }

    // Offers no choice at all, so that the prompt alone makes its input whole.
    private static VideoModel Generic(params string[] placeholders) => ModelSamples.Model with
    {
        ProviderId = "fal",
        Sizes = [new VideoSize(1280, 720)],
        Durations = [TimeSpan.FromSeconds(4)],
        FrameRates = [],
        TakesReferenceImage = false,
        TakesSeed = false,
        Input = Input(placeholders),
    };

    private static ModelInput Input(params string[] placeholders) =>
        new(placeholders.ToDictionary(text => text, text => JsonSerializer.SerializeToElement(text), StringComparer.Ordinal));

    private static DateOnly? Day(string? text) =>
        text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
