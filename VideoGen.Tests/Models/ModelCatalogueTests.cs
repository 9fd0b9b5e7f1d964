using VideoGen.Domain.Models;

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
    };

    public static TheoryData<string> EveryContradiction() => [.. Contradictions.Keys];

    [Theory]
    [MemberData(nameof(EveryContradiction))]
    public void Catalogue_EntryContradictsItself_IsRefusedByName(string problem)
    {
        var refused = Assert.Throws<ArgumentException>(() => new ModelCatalogue([Contradictions[problem]]));

        Assert.StartsWith($"The model test/model-1 {problem}.", refused.Message, StringComparison.Ordinal);
    }

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

    private static DateOnly? Day(string? text) =>
        text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
