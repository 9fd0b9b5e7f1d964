using System.Globalization;
using System.Text;
using VideoGen.Domain.Prompts;

namespace VideoGen.Web.Media;

/// <summary>The file name under which a browser saves a video: the prompt's title, made fit for every file system.</summary>
internal static class DownloadName
{
    private const int MaxLength = 80;
    private const string Extension = ".mp4";

    private static readonly HashSet<string> ReservedOnWindows = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL",
        "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    public static string Of(string prompt)
    {
        var name = new StringBuilder();
        var title = StringInfo.GetTextElementEnumerator(PromptText.TitleOf(prompt));
        while (title.MoveNext())
        {
            // Whole letters and emoji, however many characters each is made of.
            var element = Plain(title.GetTextElement());
            if (name.Length + element.Length > MaxLength - Extension.Length)
            {
                break;
            }

            name.Append(element);
        }

        var text = string.Join(' ', name.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim(' ', '.');
        return (text.Length == 0 || ReservedOnWindows.Contains(text) ? $"video {text}".TrimEnd() : text) + Extension;
    }

    private static string Plain(string element)
    {
        var plain = new StringBuilder();
        foreach (var rune in element.EnumerateRunes())
        {
            plain.Append(rune switch
            {
                { Value: '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' } => " ",
                _ when Rune.IsControl(rune) || rune == Rune.ReplacementChar => " ",

                // Marks that turn the direction of text could hide the real ending of a name; joiners hold emoji together.
                { Value: not 0x200D } when Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format => "",
                _ => rune.ToString(),
            });
        }

        return plain.ToString();
    }
}
