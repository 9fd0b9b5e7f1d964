using FsCheck;
using FsCheck.Fluent;
using VideoGen.Web.Prompts;

namespace VideoGen.Tests.Prompts;

[Trait("Req", "R-04")]
public sealed class WordDiffTests
{
    [Theory]
    [InlineData("A fox runs", "A fox runs", "A fox runs")]
    [InlineData("A red fox runs", "A fox runs", "A [-red -]fox runs")]
    [InlineData("A fox runs", "A fox runs fast", "A fox runs[+ fast+]")]
    [InlineData("A fox runs. It stops.", "A fox runs.", "A fox runs.[- It stops.-]")]
    [InlineData("shot on a lens", "shot with one lens", "shot [-on a-][+with one+] lens")]
    [InlineData("狐が走る", "狐が眠る", "狐が[-走-][+眠+]る")]
    [InlineData("", "A fox", "[+A fox+]")]
    [InlineData("A fox", "", "[-A fox-]")]
    public void Of_TwoTexts_SaysWhatDiffers(string before, string after, string expected)
    {
        var said = string.Concat(WordDiff.Of(before, after).Select(piece => piece.Kind switch
        {
            WordDiffKind.Removed => $"[-{piece.Text}-]",
            WordDiffKind.Added => $"[+{piece.Text}+]",
            WordDiffKind.Kept => piece.Text,
        }));

        Assert.Equal(expected, said);
    }

    [Fact]
    public void Of_AnyTexts_HoldsBothToTheLastSpace()
    {
        var text = Gen.ListOf(Gen.Elements("a", "b", "fox.", " ", "  ", "\n", "🦊", "雪", "、", "\u0308")).Select(string.Concat);
        var any = from before in text
                  from after in text
                  select (Before: before, After: after);

        Prop.ForAll(any.ToArbitrary(), given =>
        {
            var pieces = WordDiff.Of(given.Before, given.After);
            return string.Equals(given.Before, Without(WordDiffKind.Added, pieces), StringComparison.Ordinal)
                && string.Equals(given.After, Without(WordDiffKind.Removed, pieces), StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
    }

    private static string Without(WordDiffKind kind, IEnumerable<WordDiffPiece> pieces) =>
        string.Concat(pieces.Where(piece => piece.Kind != kind).Select(piece => piece.Text));
}
