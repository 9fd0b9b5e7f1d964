using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Tests.Models;
using VideoGen.Web.Components.Pages.Create;

namespace VideoGen.Tests.Components.Pages;

[Trait("Req", "R-01")]
public sealed class CreateFormTests
{
    private static readonly VideoModel First = ModelSamples.Model with
    {
        Sizes = [new(1280, 720), new(720, 1280), new(1920, 1080)],
        Durations = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)],
        DefaultDuration = TimeSpan.FromSeconds(5),
        MaxVariations = 8,
        MaxPromptLength = 100,
    };

    private static readonly VideoModel Other = First with
    {
        Id = "model-2",
        Name = "Model Two",
        Sizes = [new(640, 360), new(1080, 1920)],
        Durations = [TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(9)],
        DefaultDuration = TimeSpan.FromSeconds(4),
        FrameRates = [],
        MaxVariations = 2,
        TakesSeed = false,
    };

    private readonly CreateForm _form = new();

    [Fact]
    public void Choose_First_TakesItsDefaults()
    {
        var changes = _form.Choose(First);

        Assert.Empty(changes);
        Assert.Equal((new VideoSize(1280, 720), TimeSpan.FromSeconds(5), 30), (_form.Size, _form.Duration, _form.FrameRate));
    }

    [Fact]
    public void Choose_Another_KeepsWhatItOffersAndSaysWhatChanged()
    {
        _form.Choose(First);
        _form.ChooseShape("9:16");
        _form.Duration = TimeSpan.FromSeconds(10);
        _form.Variations = "5";
        _form.Seed = "7";

        var changes = _form.Choose(Other);

        Assert.Equal((new VideoSize(1080, 1920), TimeSpan.FromSeconds(9), "2", ""), (_form.Size, _form.Duration, _form.Variations, _form.Seed));
        Assert.Equal(
            "Size is now 9:16, 1080p. Length is now 9 s. Videos are now 2. Model Two takes no seed.",
            string.Join(' ', changes));
    }

    [Fact]
    public void Choose_AnotherThatOffersTheSame_ChangesNothing()
    {
        _form.Choose(First);
        _form.Prompt = "Foxes";
        var before = _form.ToRequest();

        Assert.Empty(_form.Choose(First with { Id = "model-3" }));
        Assert.Equal(before with { ModelId = "model-3" }, _form.ToRequest());
    }

    [Fact]
    public void ChooseShape_OtherShape_KeepsTheResolutionIfItCan()
    {
        _form.Choose(First);
        _form.ChooseSize(new VideoSize(1920, 1080));

        _form.ChooseShape("9:16");
        Assert.Equal(new VideoSize(720, 1280), _form.Size);

        _form.ChooseShape("16:9");
        Assert.Equal(new VideoSize(1280, 720), _form.Size);
        Assert.Equal([new VideoSize(1280, 720), new VideoSize(1920, 1080)], _form.SizesOfShape);
    }

    [Theory]
    [Trait("Req", "R-06")]
    [InlineData("two")]
    [InlineData("")]
    [InlineData("1.5")]
    public void ToRequest_UnreadableVariations_AreRefusedByTheRules(string typed)
    {
        _form.Choose(First);
        _form.Prompt = "Foxes";
        _form.Variations = typed;

        Assert.Equal(RequestField.Variations, Assert.Single(Check()).Field);
    }

    [Theory]
    [Trait("Req", "R-06")]
    [InlineData("lucky", false)]
    [InlineData("-1", false)]
    [InlineData("4294967296", false)]
    [InlineData("99999999999999999999", false)]
    [InlineData("4294967295", true)]
    [InlineData(" 7 ", true)]
    [InlineData("", true)]
    public void ToRequest_Seed_IsRefusedUnlessItIsOne(string typed, bool accepted)
    {
        _form.Choose(First);
        _form.Prompt = "Foxes";
        _form.Seed = typed;

        Assert.Equal(accepted, Check().Count == 0);
    }

    [Fact]
    public void PromptLength_Emoji_CountsAsOne()
    {
        _form.Choose(First);
        _form.Prompt = "Füchse 👩‍👩‍👧";

        Assert.Equal(8, _form.PromptLength);
    }

    [Fact]
    [Trait("Req", "R-04")]
    public void UseRefined_TwiceInARow_KeepsWhatWasWrittenFirst()
    {
        _form.Choose(First);
        _form.Prompt = "mine";

        _form.UseRefined("first");
        _form.UseRefined("second");
        Assert.Equal(("second", "mine"), (_form.ToRequest().Prompt, _form.ToRequest().OriginalPrompt));

        _form.Revert();
        Assert.Equal(("mine", null), (_form.ToRequest().Prompt, _form.ToRequest().OriginalPrompt));
    }

    [Theory]
    [InlineData(100, 0, false)]
    [InlineData(101, 1, true)]
    [InlineData(10_000, 9_900, true)]
    [InlineData(10_001, 9_901, false)]
    [Trait("Req", "R-04")]
    public void CanBeRefined_Length_MustBeTooLongAndKeepable(int length, int tooLongBy, bool expected)
    {
        _form.Choose(First);
        _form.Prompt = new string('x', length);

        Assert.Equal((tooLongBy, expected), (_form.TooLongBy, _form.CanBeRefined));
    }

    [Fact]
    [Trait("Req", "R-31")]
    public void TakeFrom_EarlierJob_TakesWhatTheModelStillOffers()
    {
        _form.Choose(Other);

        _form.TakeFrom(new GenerationRequest { Prompt = "Foxes", Size = new VideoSize(1280, 720), Duration = TimeSpan.FromSeconds(10), Seed = 7 });

        Assert.Equal(("Foxes", new VideoSize(640, 360), TimeSpan.FromSeconds(9), ""), (_form.Prompt, _form.Size, _form.Duration, _form.Seed));
    }

    private IReadOnlyList<RequestProblem> Check() => RequestRules.Check(_form.ToRequest(), First, new DateOnly(2030, 1, 1));
}
