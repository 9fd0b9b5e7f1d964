using OpenAI.Chat;
using VideoGen.Domain.Prompts;

namespace VideoGen.Web.Prompts;

/// <summary>What a language model really said, rid of what they like to put around it.</summary>
internal static class RefinementAnswer
{
    private static readonly (char Open, char Close)[] Quotes = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('\'', '\''), ('‘', '’'), ('`', '`')];

    /// <returns><see langword="null"/> when it refused, broke off, or said nothing that can be a prompt.</returns>
    public static string? TextOf(ChatCompletion completion)
    {
        if (completion.FinishReason is not ChatFinishReason.Stop || !string.IsNullOrEmpty(completion.Refusal))
        {
            return null;
        }

        var said = string.Concat(completion.Content.Where(part => part.Kind is ChatMessageContentPartKind.Text).Select(part => part.Text));
        var text = Unquote(said.Trim());
        return text.Length > 0 && PromptText.IsText(text) ? text : null;
    }

    // Only a pair around all of it: the quotes of "Go" and "Stop" belong to the prompt.
    private static string Unquote(string text)
    {
        foreach (var (open, close) in Quotes)
        {
            if (text.Length > 1 && text[0] == open && text[^1] == close && !text[1..^1].Contains(open, StringComparison.Ordinal))
            {
                return Unquote(text[1..^1].Trim());
            }
        }

        return text;
    }
}
