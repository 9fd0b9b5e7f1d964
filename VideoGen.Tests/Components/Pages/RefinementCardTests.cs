using Bunit;
using VideoGen.Domain.Prompts;
using VideoGen.Web.Components.Pages.Create;

namespace VideoGen.Tests.Components.Pages;

[Trait("Req", "R-04")]
public sealed class RefinementCardTests : IAsyncDisposable
{
    private const string Before = "A red fox runs. It stops.";

    private readonly BunitContext _browser = new();
    private readonly PromptRefinement _state = new();
    private readonly List<string> _said = [];

    public RefinementCardTests() => _browser.JSInterop.Mode = JSRuntimeMode.Loose;

    public ValueTask DisposeAsync() => _browser.DisposeAsync();

    [Fact]
    public void Card_PromptFits_IsNotThere()
    {
        Assert.Empty(Render(tooLongBy: 0).Markup.Trim());
    }

    [Fact]
    public async Task Card_TooLong_OffersToShorten()
    {
        var card = Render();

        Assert.Equal("3 characters too long for Gen-4.5", card.Find("h2").TextContent);
        await card.Find("button").ClickAsync(new());
        Assert.Equal(["shorten"], _said);
    }

    [Fact]
    public void Card_FarTooLong_OffersNothingThatCannotBeKept()
    {
        var card = Render(canBeRefined: false);

        Assert.Empty(card.FindAll("button"));
        Assert.Contains("A text of more than 10,000 characters", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_Working_ShowsThatItWorks()
    {
        _state.Begin(Before);

        var card = Render();

        Assert.Equal("Shortening…", card.Find("h2").TextContent);
        Assert.Equal("true", card.Find("section").GetAttribute("aria-busy"));
        Assert.Equal(4, card.FindAll(".skel").Count);
        Assert.Empty(card.FindAll("button"));
    }

    [Fact]
    public async Task Card_Offered_ShowsChangesAndBothTexts()
    {
        Offer(new RefinedPrompt("A fox runs. 🦊", RefinementOrigin.LanguageModel, "gpt-4o"));

        var card = Render();

        Assert.Equal("Refined to fit: 13 characters", card.Find("h2").TextContent);
        Assert.Equal("by gpt-4o · your text is kept", card.Find("header .xs").TextContent);
        Assert.Equal("red |It stops.", TextsOf(card, "del"));
        Assert.Equal("🦊", TextsOf(card, "ins"));
        Assert.Equal("A red fox runs. It stops.🦊", card.Find(".diff").TextContent);
        Assert.Empty(card.FindAll(".note"));

        await card.Find("input[value=both]").ChangeAsync("both");
        Assert.Equal(Before + "|A fox runs. 🦊", TextsOf(card, ".two p"));
    }

    [Theory]
    [InlineData("Use refined", "use")]
    [InlineData("Edit it", "edit")]
    [InlineData("Try another", "shorten")]
    [InlineData("Keep mine and shorten it myself", "keep")]
    public async Task Card_Offered_EachButtonSaysWhatIsWanted(string button, string expected)
    {
        Offer(new RefinedPrompt("A fox runs.", RefinementOrigin.LanguageModel, "gpt-4o"));

        await Press(Render(), button);

        Assert.Equal([expected], _said);
    }

    [Theory]
    [InlineData(RefinementOrigin.ShortenedHere, null, "Shortened here, without a language model.", 3)]
    [InlineData(RefinementOrigin.LanguageModelThenShortened, "gpt-4o", "Still too long, so shortened here.", 4)]
    public void Card_ShortenedHere_SaysSo(RefinementOrigin origin, string? model, string expected, int buttons)
    {
        Offer(new RefinedPrompt("A red fox runs.", origin, model));

        var card = Render();

        Assert.StartsWith(expected, card.Find(".note span").TextContent, StringComparison.Ordinal);
        // Without a language model another version would be the same again.
        Assert.Equal(buttons, card.FindAll("button").Count);
    }

    [Fact]
    public async Task Card_Failed_SaysWhyAndOffersBothWays()
    {
        _state.Begin(Before);
        _state.Fail(PromptRefinementException.Usual);
        var card = Render();

        Assert.Equal("Could not refine just now. Shorten it yourself or try again.", card.Find("p").TextContent);
        await Press(card, "Try again");
        await Press(card, "Keep mine and shorten it myself");

        Assert.Equal(["shorten", "keep"], _said);
    }

    [Fact]
    public async Task Card_InUse_ShowsChangesAndGoesBack()
    {
        var card = Render(tooLongBy: 0, original: Before);
        Assert.Contains("Your original (25 characters) is kept with the job.", card.Find(".note").TextContent, StringComparison.Ordinal);
        Assert.Empty(card.FindAll(".diff"));

        await Press(card, "See changes");
        Assert.Equal("true", card.Find("button[aria-expanded]").GetAttribute("aria-expanded"));
        Assert.Equal("A red fox runs. It stops.", card.Find(".diff").TextContent);
        await Press(card, "Hide changes");
        Assert.Empty(card.FindAll(".diff"));
        await Press(card, "Revert");

        Assert.Equal(["revert"], _said);
    }

    private void Offer(RefinedPrompt refined)
    {
        _state.Begin(Before);
        _state.Offer(refined);
    }

    private IRenderedComponent<RefinementCard> Render(int tooLongBy = 3, bool canBeRefined = true, string? original = null) => _browser.Render<RefinementCard>(card => card
        .Add(one => one.State, _state)
        .Add(one => one.Prompt, "A red fox runs.")
        .Add(one => one.Original, original)
        .Add(one => one.TooLongBy, tooLongBy)
        .Add(one => one.CanBeRefined, canBeRefined)
        .Add(one => one.ModelName, "Gen-4.5")
        .Add(one => one.OnShorten, () => _said.Add("shorten"))
        .Add(one => one.OnUse, () => _said.Add("use"))
        .Add(one => one.OnEdit, () => _said.Add("edit"))
        .Add(one => one.OnKeep, () => _said.Add("keep"))
        .Add(one => one.OnRevert, () => _said.Add("revert")));

    private static string TextsOf(IRenderedComponent<RefinementCard> card, string selector) =>
        string.Join('|', card.FindAll(selector).Select(part => part.TextContent));

    private static Task Press(IRenderedComponent<RefinementCard> card, string button) =>
        card.FindAll("button").Single(one => string.Equals(one.TextContent.Trim(), button, StringComparison.Ordinal)).ClickAsync(new());
}
