using VideoGen.Web.Providers.Local;
using VideoGen.Web.Providers.Local.Design;
using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Tests.Providers.Local.Design;

public sealed class SceneDesignerTests
{
    private static readonly Canvas Wide = new(1280, 720, 4, 24);

    [Fact]
    public void Design_SameOrigin_IsTheSameSceneToTheLastWord()
    {
        var (one, two) = (Design("A quiet forest", 5), Design("A quiet forest", 5));

        Assert.Equal(one.Script.ToString(), two.Script.ToString());
        Assert.Equal(Painted(one), Painted(two));
    }

    [Fact]
    public void Design_ManySeeds_UsesEveryCompositionAndManyPalettes()
    {
        var scenes = Enumerable.Range(0, 120).Select(seed => Design("Something", seed)).ToList();

        Assert.Equal(SceneDesigner.CompositionCount, scenes.Select(scene => scene.Composition).Distinct(StringComparer.Ordinal).Count());
        Assert.True(scenes.Select(scene => scene.Palette.Name).Distinct(StringComparer.Ordinal).Count() >= 12);
        Assert.Equal(120, scenes.Select(scene => scene.Script + Convert.ToHexString(Painted(scene))).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("A ship on the ocean", nameof(Mood.Sea))]
    [InlineData("FIRE!", nameof(Mood.Fire))]
    [InlineData("Ein stiller Wald, im Wald ein Reh bei Nacht", nameof(Mood.Forest))]
    [InlineData("🌊🌊", nameof(Mood.Sea))]
    public void Design_WordsWithAMood_TakesAPaletteThatSuits(string prompt, string moodName)
    {
        var mood = Enum.Parse<Mood>(moodName);

        Assert.All(Enumerable.Range(0, 20), seed =>
        {
            var scene = Design(prompt, seed);
            Assert.True(scene.Palette.Moods.Contains(mood) || scene.Composition is "night drive", $"{scene.Palette.Name} does not suit {mood}.");
        });
    }

    [Fact]
    public void Moods_Each_HaveAPalette() =>
        Assert.All(Enum.GetValues<Mood>(), mood => Assert.Contains(Palette.All, palette => palette.Moods.Contains(mood)));

    [Fact]
    public void Palettes_Each_LetWordsBeReadOnTheirGround() =>
        Assert.All(Palette.All, palette => Assert.True(
            Math.Abs(palette.Ink.Lightness - palette.Stops[0].Lightness) > 0.55 && Math.Abs(palette.Ink.Lightness - palette.Stops[1].Lightness) > 0.4, palette.Name));

    [Fact]
    public void Design_WithoutWords_IsStillAScene()
    {
        Assert.All(Enumerable.Range(0, 40), seed => Assert.Contains("Dialogue:", Design("…", seed).Script.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Command_AnyPrompt_HoldsNoWordOfIt()
    {
        var scene = SceneDesigner.Design("Xylophone ':,;[]", 3, Wide, hasPhoto: true, FontBook.Unknown);

        var words = FfmpegCommand.For(scene, "key", "png", 2);

        Assert.DoesNotContain(words, word => word.Contains("ylophone", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("ylophone", scene.Script.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Escape_OrdersOfTheScript_AreOnlyText()
    {
        var text = SubtitleScript.Escape(@"{\b1} a\N");

        Assert.Equal("\\{\\\u2060b1\\} a\\\u2060N", text);
    }

    private static Scene Design(string prompt, long seed) => SceneDesigner.Design(prompt, seed, Wide, hasPhoto: false, FontBook.Unknown);

    private static byte[] Painted(Scene scene)
    {
        var frame = new byte[Backdrop.BytesPerFrame(scene.Canvas)];
        scene.Backdrop.Paint(scene.Canvas, 30, frame);
        return frame;
    }
}
