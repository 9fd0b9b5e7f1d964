namespace VideoGen.Domain.Prompts;

/// <summary>
/// There is no refined prompt. Its message is a sentence for the person; neither it nor anything inside it holds a key, a
/// prompt or the words of the language model's service.
/// </summary>
public sealed class PromptRefinementException : Exception
{
    /// <summary>When nothing better is known.</summary>
    public const string Usual = "Could not refine just now. Shorten it yourself or try again.";

    public PromptRefinementException(string message)
        : base(message)
    {
    }
}
