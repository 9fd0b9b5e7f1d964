using System.Text;
using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Tests.Providers.Local.Fonts;

public sealed class FontBookTests
{
    private const string List =
        "/fonts/a.otf\t0\tInter Display,Inter Display Bold\t200\t0\tFalse\t20-7e e4\n"
        + "/fonts/b.otf\t0\tInter Display\t50\t0\tFalse\t20-7e e4\n"
        + "/fonts/v.ttf\t0\tInter Display\t205\t0\tTrue\t20-7e e4\n"
        + "/fonts/c.ttf\t0\tNoto Sans\t200\t0\tFalse\t20-7e 400-4ff\n"
        + "/fonts/d.ttf\t0\tOther\t80\t0\tFalse\t4e00-9fff\n"
        + "nonsense\n";

    [Theory]
    [InlineData('a', true)]
    [InlineData('ä', true)]
    [InlineData('Ж', true)]
    [InlineData('海', true)]
    [InlineData('ß', false)]
    [InlineData('\u3042', false)]
    public void CanDraw_Character_AsOneOfTheFontsDoes(char character, bool expected) =>
        Assert.Equal(expected, FontBook.Parse(List).CanDraw(new Rune(character)));

    [Theory]
    [InlineData(nameof(Lettering.Heavy), "Abc", "Inter Display", 700)]
    [InlineData(nameof(Lettering.Light), "Abc", "Inter Display", 300)]
    [InlineData(nameof(Lettering.Heavy), "Жук", "Noto Sans", 700)]
    [InlineData(nameof(Lettering.Condensed), "海", "Inter Display", 700)]
    public void Find_Style_IsTheNearestFontThatHasTheWords(string lettering, string words, string family, int weight)
    {
        var face = FontBook.Parse(List).Find(Enum.Parse<Lettering>(lettering), words);

        Assert.Equal((family, weight), (face.Family, face.Weight));
    }

    [Fact]
    public void Find_NoFonts_LeavesTheChoiceToFontconfig() => Assert.Equal("sans-serif", FontBook.Unknown.Find(Lettering.Serif, "x").Family);

    [Fact]
    public void Find_FontFileThatIsGone_GuessesWidths() => Assert.InRange(FontBook.Parse(List).Find(Lettering.Heavy, "x").WidthOf("Hello"), 2, 4);

    [Theory]
    [InlineData("")]
    [InlineData("OTTO and then nothing that a font would have in it")]
    public void Read_NoFont_SaysSo(string content) => Assert.Throws<InvalidDataException>(() => FontMetrics.Read(Encoding.ASCII.GetBytes(content)));
}
