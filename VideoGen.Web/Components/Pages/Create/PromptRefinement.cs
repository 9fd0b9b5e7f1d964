using VideoGen.Domain.Prompts;

namespace VideoGen.Web.Components.Pages.Create;

/// <summary>How far making the prompt fit has come. Knows no page and asks nobody.</summary>
public sealed class PromptRefinement
{
    public RefinementStage Stage { get; private set; }

    /// <summary>The text that is or was to be refined.</summary>
    public string Before { get; private set; } = "";

    /// <summary>How often the person has asked for a version of this text.</summary>
    public int Attempt { get; private set; }

    /// <summary>While it is offered.</summary>
    public RefinedPrompt? Result { get; private set; }

    /// <summary>Why there is none, in words for the person.</summary>
    public string? Problem { get; private set; }

    /// <summary>Another version is wanted, or the first.</summary>
    public void Begin(string before)
    {
        // What failed was no version.
        Attempt = Stage is RefinementStage.Failed ? Attempt : Attempt + 1;
        (Stage, Before, Result, Problem) = (RefinementStage.Working, before, null, null);
    }

    public void Offer(RefinedPrompt result) => (Stage, Result) = (RefinementStage.Offered, result);

    public void Fail(string problem) => (Stage, Problem) = (RefinementStage.Failed, problem);

    /// <summary>The text has changed, or the person has decided.</summary>
    public void Forget() => (Stage, Before, Attempt, Result, Problem) = (RefinementStage.None, "", 0, null, null);
}

public enum RefinementStage
{
    /// <summary>Nothing has been asked for.</summary>
    None,

    /// <summary>An answer is waited for.</summary>
    Working,

    /// <summary>There is a version that fits; the person has not decided.</summary>
    Offered,

    /// <summary>There is none.</summary>
    Failed,
}
