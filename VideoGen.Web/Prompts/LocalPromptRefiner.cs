using VideoGen.Domain.Prompts;

namespace VideoGen.Web.Prompts;

/// <summary>For servers without a chat key: leaves out whole sentences at the end, and says so.</summary>
internal sealed class LocalPromptRefiner : IPromptRefiner
{
    public Task<RefinedPrompt> RefineAsync(PromptToRefine prompt, CancellationToken cancellationToken) =>
        Task.FromResult(new RefinedPrompt(SentenceShortener.Shorten(prompt.Text, prompt.Limit), RefinementOrigin.ShortenedHere, LanguageModel: null));
}
