using VideoGen.Domain.Prompts;

namespace VideoGen.Tests.Prompts;

/// <summary>Answers as the test says; waits while it has said nothing.</summary>
internal sealed class TestPromptRefiner : IPromptRefiner
{
    private TaskCompletionSource<RefinedPrompt> _answer = NewAnswer();

    public bool HasAnswer => _answer.Task.IsCompleted;

    public List<PromptToRefine> Asked { get; } = [];

    public List<CancellationToken> Tokens { get; } = [];

    public Task<RefinedPrompt> RefineAsync(PromptToRefine prompt, CancellationToken cancellationToken)
    {
        Asked.Add(prompt);
        Tokens.Add(cancellationToken);
        return _answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>What the next ones are answered, and who waits.</summary>
    public void Say(string text, string? languageModel = "gpt-4o") =>
        Answer().SetResult(new RefinedPrompt(text, languageModel is null ? RefinementOrigin.ShortenedHere : RefinementOrigin.LanguageModel, languageModel));

    public void Fail(string sentence) => Answer().SetException(new PromptRefinementException(sentence));

    private TaskCompletionSource<RefinedPrompt> Answer()
    {
        if (_answer.Task.IsCompleted)
        {
            _answer = NewAnswer();
        }

        return _answer;
    }

    private static TaskCompletionSource<RefinedPrompt> NewAnswer() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
