namespace VideoGen.Domain.Prompts;

/// <summary>
/// Makes a prompt fit a model. Proposes only: the person sees the text before it is used. May be called from any thread;
/// a call may cost money and is therefore never repeated by itself.
/// </summary>
public interface IPromptRefiner
{
    /// <returns>A text of at most <see cref="PromptToRefine.Limit"/> characters.</returns>
    /// <exception cref="PromptRefinementException">There is none just now.</exception>
    Task<RefinedPrompt> RefineAsync(PromptToRefine prompt, CancellationToken cancellationToken);
}

/// <summary>What is to fit, and into what.</summary>
/// <param name="Text">As the person wrote it.</param>
/// <param name="Limit">The most characters as people count, see <see cref="PromptText.LengthOf"/>; at least 1.</param>
/// <param name="ModelName">The video model that it is for, as people call it.</param>
/// <param name="Attempt">1 for the first; more when the person asked for another version.</param>
public sealed record PromptToRefine(string Text, int Limit, string ModelName, int Attempt);

/// <summary>A text that fits.</summary>
/// <param name="Text">Never empty.</param>
/// <param name="Origin">How it was made, which the person is told.</param>
/// <param name="LanguageModel">Which language model made it, or <see langword="null"/> when none did.</param>
public sealed record RefinedPrompt(string Text, RefinementOrigin Origin, string? LanguageModel);

/// <summary>How a refined prompt was made.</summary>
public enum RefinementOrigin
{
    /// <summary>A language model wrote all of it.</summary>
    LanguageModel,

    /// <summary>A language model wrote it, but too long; sentences at its end were left out here.</summary>
    LanguageModelThenShortened,

    /// <summary>No language model is set up; sentences at the end were left out here.</summary>
    ShortenedHere,
}
