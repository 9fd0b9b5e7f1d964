using System.Globalization;

namespace VideoGen.Domain.Prompts;

/// <summary>What people see and count of a prompt.</summary>
public static class PromptText
{
    private static readonly char[] SentenceEnds = ['.', '!', '?', '\n'];

    /// <summary>Length as a person counts: an emoji or an accented letter is one, however it is encoded.</summary>
    public static int LengthOf(string prompt) => new StringInfo(prompt).LengthInTextElements;

    /// <summary>Whether it is text at all: without a NUL and without half of a character, neither of which can be stored or sent.</summary>
    public static bool IsText(string prompt)
    {
        for (var index = 0; index < prompt.Length; index++)
        {
            if (char.IsSurrogatePair(prompt, index))
            {
                index++;
            }
            else if (prompt[index] == '\0' || char.IsSurrogate(prompt[index]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first sentence, which stands for the video wherever a title is needed.</summary>
    public static string TitleOf(string prompt)
    {
        var text = prompt.Trim();
        var end = text.IndexOfAny(SentenceEnds);
        return end <= 0 ? text : text[..end].TrimEnd();
    }
}
