using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using VideoGen.Domain.Prompts;

namespace VideoGen.Tests.Prompts;

[Trait("Req", "R-04")]
public sealed class SentenceShortenerTests
{
    private static readonly string[] Fragments =
        ["Fox", "läuft", "la\u0308uft", "👩‍🚀", "👨‍👩‍👧‍👦", "🦊", " ", "  ", "\n", "\r\n", "\u00a0", " \u0301", ".", "!", "?", "…", "。", "」", "\"", ")", ",", "–", "雪", "2.8"];

    [Theory]
    [InlineData("A fox runs.", 11, "A fox runs.")]
    [InlineData("  A fox runs.  ", 15, "  A fox runs.  ")]
    [InlineData("  A fox runs.  ", 11, "A fox runs.")]
    [InlineData("A fox runs. It stops. It sleeps.", 31, "A fox runs. It stops.")]
    [InlineData("A fox runs. It stops.", 20, "A fox runs.")]
    [InlineData("A fox runs! Really? Yes.", 20, "A fox runs! Really?")]
    [InlineData("A fox\nruns on and on", 10, "A fox")]
    [InlineData("A fox\r\n\r\nruns on and on", 10, "A fox")]
    [InlineData("She says \"Go.\" And then she leaves.", 20, "She says \"Go.\"")]
    [InlineData("Shot at f/2.8 on film. Grain.", 25, "Shot at f/2.8 on film.")]
    [InlineData("Shot at f/2.8 on film grain", 15, "Shot at f/2.8")]
    [InlineData("Wait... What is it now", 12, "Wait...")]
    [InlineData("雪の中の狐。静かな夜。月", 8, "雪の中の狐。")]
    [InlineData("A fox runs through the snow", 14, "A fox runs")]
    [InlineData("A fox runs, and it runs", 12, "A fox runs")]
    [InlineData("A fox runs – and it runs", 13, "A fox runs")]
    [InlineData("Donaudampfschifffahrt", 5, "Donau")]
    [InlineData("👩‍🚀👨‍👩‍👧‍👦🦊", 2, "👩‍🚀👨‍👩‍👧‍👦")]
    [InlineData("la\u0308uft", 2, "la\u0308")]
    public void Shorten_Text_KeepsWhatFitsFromTheStart(string text, int limit, string expected)
    {
        Assert.Equal(expected, SentenceShortener.Shorten(text, limit));
    }

    [Fact]
    public void Shorten_Anything_FitsAndIsAStartOfItCutBetweenCharacters()
    {
        var any = from fragments in Gen.ListOf(Gen.Elements(Fragments))
                  from limit in Gen.Choose(1, 12)
                  select (Text: string.Concat(fragments), Limit: limit);

        Prop.ForAll(any.ToArbitrary(), given =>
        {
            var shortened = SentenceShortener.Shorten(given.Text, given.Limit);
            var from = shortened.Length == 0 ? 0 : given.Text.IndexOf(shortened, StringComparison.Ordinal);
            var borders = StringInfo.ParseCombiningCharacters(given.Text).Append(given.Text.Length);
            return PromptText.LengthOf(shortened) <= given.Limit
                && from >= 0
                && string.IsNullOrWhiteSpace(given.Text[..from])
                && borders.Contains(from + shortened.Length)
                && (shortened.Length > 0 || string.IsNullOrWhiteSpace(given.Text));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Shorten_FirstSentenceFits_EndsWithASentence()
    {
        var any = from words in Gen.Choose(1, 6).ListOf()
                  from limit in Gen.Choose(12, 60)
                  select (Sentences: words.Select(count => string.Join(' ', Enumerable.Repeat("x", count)) + ".").ToList(), Limit: limit);

        Prop.ForAll(any.ToArbitrary(), given =>
        {
            var whole = Enumerable.Range(0, given.Sentences.Count + 1).Select(count => string.Join(' ', given.Sentences.Take(count)));
            var longest = whole.Last(text => text.Length <= given.Limit);
            return string.Equals(longest, SentenceShortener.Shorten(string.Join(' ', given.Sentences), given.Limit), StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Shorten_NoRoom_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SentenceShortener.Shorten("A fox", 0));
    }
}
