using VideoGen.Web.Providers.Local.Design;
using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Tests.Providers.Local.Design;

public sealed class TitleTests
{
    private static readonly FontBook Western = FontBook.Unknown;
    private static readonly FontFace Face = new("Test", 400, IsItalic: false, CodePoints.Latin, Metrics: null);

    [Theory]
    [InlineData("  A  quiet\tday ", "A quiet day")]
    [InlineData("Größe 100% \"real\" it's {x} C:\\new", "Größe 100% \"real\" it's {x} C:\\new")]
    [InlineData("Fire 🔥 and 👩‍👩‍👧 sea ❤️", "Fire and sea")]
    [InlineData("海 stays with a font that has it", "stays with a font that has it")]
    [InlineData("a\u202Eb\u200Bc\uFEFFd\u0000e", "abcd e")]
    [InlineData("bad \uD800 half", "bad half")]
    [InlineData("...  ,,, --", "")]
    [InlineData("🌊", "")]
    public void Clean_Prompt_KeepsWhatCanBeDrawn(string prompt, string words) => Assert.Equal(words, TitleText.Clean(prompt, Western));

    [Fact]
    public void Clean_Lines_BecomeClauses() => Assert.Equal(["One line", "another"], TitleText.Phrases(TitleText.Clean("One line\nanother", Western), 44));

    [Theory]
    [InlineData("A lighthouse at dusk, waves crashing. Version 3.5!", "A lighthouse at dusk|waves crashing|Version 3.5!")]
    [InlineData("海の夜明け、静かな波。", "海の夜明け|静かな波")]
    [InlineData("Noon: example.com at 10:30 - done", "Noon|example.com at 10:30|done")]
    public void Phrases_Punctuation_CutsClauses(string words, string phrases) => Assert.Equal(phrases.Split('|'), TitleText.Phrases(words, 44));

    [Fact]
    public void Phrases_LongClause_IsCutWhereAThoughtBegins() =>
        Assert.Equal(["A lone old camel walks slowly", "over the endless golden dunes"], TitleText.Phrases("A lone old camel walks slowly over the endless golden dunes", 44));

    [Fact]
    public void Phrases_EndlessWord_IsShortened()
    {
        var phrase = Assert.Single(TitleText.Phrases(new string('W', 1000), 44));

        Assert.Equal(48, phrase.Length);
        Assert.EndsWith("…", phrase, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_Words_AreAsBigAsTheBoxAllowsAndNeverWider()
    {
        var box = new Box(0, 0, 400, 200);

        foreach (var words in (string[])["Sea", "A lighthouse on a rocky coast at dusk", "海の夜明けの静かな波と灯台の光", new string('W', 48)])
        {
            var layout = TitleLayout.Fit(words, Face, box, largest: 120);

            Assert.All(layout.Lines, line => Assert.InRange(TitleLayout.WidthOf(line, Face, 0) * layout.Size, 0, 400.5));
            Assert.InRange((0.72 + ((layout.Lines.Count - 1) * 1.05)) * layout.Size, 0, 200.5);
            Assert.Equal(words.Replace(" ", "", StringComparison.Ordinal), string.Concat(layout.Lines).Replace(" ", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Fit_ManyWords_AreBrokenIntoBalancedLines()
    {
        var layout = TitleLayout.Fit("one two six ten", Face, new Box(0, 0, 100, 50), largest: 100);

        Assert.Equal(["one two", "six ten"], layout.Lines);
    }

    [Fact]
    public void For_ShortVideo_ShowsTheFirstThoughtAndNamesTheSecond()
    {
        var plan = TitlePlan.For("A lighthouse at dusk, waves crashing, cinematic", 4);

        Assert.Equal("A lighthouse at dusk", Assert.Single(plan.Cards).Words);
        Assert.Equal("waves crashing", plan.Caption);
    }

    [Theory]
    [InlineData("A lighthouse at dusk, waves crashing, cinematic light, four more words here, and then the very end", 8)]
    [InlineData("A lighthouse on a rocky coast", 20)]
    [InlineData("Sea", 20)]
    public void For_LongerVideo_FillsTheTimeWithReadablePhrases(string words, double duration)
    {
        var plan = TitlePlan.For(words, duration);

        Assert.Equal(duration, plan.Cards[^1].End, 3);
        Assert.All(plan.Cards, card => Assert.True(card.Length > 1.2, $"{card.Words} has {card.Length} s."));
        Assert.All(plan.Cards.Zip(plan.Cards.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start, 6));
    }

    [Fact]
    public void For_TimeToSpare_TellsAPhraseInPiecesAndThenWhole()
    {
        var plan = TitlePlan.For("A lighthouse on a rocky coast", 10);

        Assert.True(plan.Cards.Count > 2);
        Assert.Equal("A lighthouse on a rocky coast", plan.Cards[^1].Words);
    }
}
