using Microsoft.AspNetCore.Components;
using VideoGen.Domain.Prompts;
using VideoGen.Web.Components.Controls;

namespace VideoGen.Web.Components.Pages.Create;

/// <summary>Under a prompt: offers to make it fit, shows what would change, and says when a refined one is in use.</summary>
public sealed partial class RefinementCard : ComponentBase
{
    private ElementReference _title;
    private ElementReference _used;
    private bool _sideBySide;
    private bool _seesChanges;
    private bool _focusUsed;

    [Parameter, EditorRequired]
    public required PromptRefinement State { get; set; }

    /// <summary>What stands in the field.</summary>
    [Parameter, EditorRequired]
    public required string Prompt { get; set; }

    /// <summary>The person's own text while a refined one stands in the field, otherwise <see langword="null"/>.</summary>
    [Parameter]
    public string? Original { get; set; }

    [Parameter]
    public int TooLongBy { get; set; }

    [Parameter]
    public bool CanBeRefined { get; set; }

    [Parameter]
    public string? ModelName { get; set; }

    /// <summary>A version that fits is wanted: the first, another one, or once more after a failure.</summary>
    [Parameter]
    public EventCallback OnShorten { get; set; }

    [Parameter]
    public EventCallback OnUse { get; set; }

    [Parameter]
    public EventCallback OnEdit { get; set; }

    [Parameter]
    public EventCallback OnKeep { get; set; }

    [Parameter]
    public EventCallback OnRevert { get; set; }

    private string Title => State switch
    {
        { Stage: RefinementStage.Working } => "Shortening…",
        { Stage: RefinementStage.Failed } => "Not refined",
        { Result: { } made } => $"{(made.LanguageModel is null ? "Shortened" : "Refined")} to fit: {Words.Count(PromptText.LengthOf(made.Text), "character")}",
        _ => $"{Words.Count(TooLongBy, "character")} too long for {ModelName}",
    };

    protected override void OnParametersSet() => _seesChanges = _seesChanges && Original is not null;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusUsed && Original is not null)
        {
            _focusUsed = false;
            await _used.FocusAsync();
        }
    }

    private async Task ShortenAsync()
    {
        // The button goes; the heading stays and changes its words.
        await _title.FocusAsync();
        await OnShorten.InvokeAsync();
    }

    private async Task UseAsync()
    {
        _focusUsed = true;
        await OnUse.InvokeAsync();
    }

    private static (string What, string Why)? CaveatOf(RefinedPrompt refined) => refined.Origin switch
    {
        RefinementOrigin.LanguageModel => null,
        RefinementOrigin.LanguageModelThenShortened => ("Still too long, so shortened here.", "The end of what the language model wrote is left out. Check that nothing important is missing."),
        RefinementOrigin.ShortenedHere => (
            "Shortened here, without a language model.",
            "The end is left out, whole sentences where that is possible; no word is changed. Check that nothing important is missing."),
    };
}
