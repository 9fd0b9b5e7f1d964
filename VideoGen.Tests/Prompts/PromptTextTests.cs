using VideoGen.Domain.Prompts;

namespace VideoGen.Tests.Prompts;

[Trait("Req", "R-04")]
public sealed class PromptTextTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("fox", 3)]
    [InlineData("läuft", 5)]
    [InlineData("la\u0308uft", 5)]
    [InlineData("🦊", 1)]
    [InlineData("👩‍🚀👨‍👩‍👧‍👦", 2)]
    public void LengthOf_Text_CountsAsPeopleDo(string prompt, int expected)
    {
        Assert.Equal(expected, PromptText.LengthOf(prompt));
    }

    [Theory]
    [InlineData("A fox. It runs.", "A fox")]
    [InlineData("  A fox \nIt runs", "A fox")]
    [InlineData("Really? Yes!", "Really")]
    [InlineData("A fox", "A fox")]
    [InlineData("...", "...")]
    [InlineData("", "")]
    public void TitleOf_Prompt_IsItsFirstSentence(string prompt, string expected)
    {
        Assert.Equal(expected, PromptText.TitleOf(prompt));
    }

    // No theory: an attribute cannot hold half a character.
    [Fact]
    public void IsText_HalvesAndNuls_AreNone()
    {
        Assert.All(["Ein Fuchs läuft 🦊\n\t", ""], prompt => Assert.True(PromptText.IsText(prompt)));
        Assert.All(["a\0b", "\ud83e", "\udd8a\ud83e", "x\udd8a"], prompt => Assert.False(PromptText.IsText(prompt)));
    }
}
