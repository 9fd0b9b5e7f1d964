using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;

namespace VideoGen.Web.Accounts;

/// <summary>
/// Length, and no easy guess; no rules about kinds of characters, which only make people write "Password1!". An easy guess is
/// what is left with almost nothing once well-known words, runs over the keyboard, repeats, years and the person's own name
/// and address are taken out.
/// </summary>
internal sealed partial class PasswordRules : IPasswordValidator<Person>
{
    public const int MinLength = 12;
    public const int MaxLength = 128;

    private const int FewestOwnCharacters = 4;
    private const int FewestDifferentCharacters = 5;
    private const int ShortestRun = 4;
    private const int ShortestOwnWord = 3;

    private static readonly string[] Rows =
        ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "1qaz2wsx3edc4rfv5tgb6yhn7ujm"];

    private static readonly string[] Runs = [.. Rows.Concat(Rows.Select(row => string.Concat(row.Reverse()))).SelectMany(Pieces).Distinct(StringComparer.Ordinal)];

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) =>
        Task.FromResult(Problem(password, user.DisplayName, user.Email) is { } problem
            ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = problem })
            : IdentityResult.Success);

    /// <returns>What to tell the person; <see langword="null"/> when the password is taken.</returns>
    public static string? Problem(string? password, string? name, string? email) =>
        password switch
        {
            null or "" => "Write a password.",
            { Length: < MinLength } => $"Use {MinLength} characters or more; this has {password.Length}.",
            { Length: > MaxLength } => $"Use {MaxLength} characters or fewer; this has {password.Length}.",
            _ when IsEasyGuess(password, name, email) => "This is easy to guess: it is a well-known password, a pattern, or made of your name or address.",
            _ => null,
        };

    private static bool IsEasyGuess(string password, string? name, string? email)
    {
        var plain = password.ToLowerInvariant();
        if (plain.Distinct().Count() < FewestDifferentCharacters)
        {
            return true;
        }

        // Own words first: they may hold a common one.
        var own = Words().Split($"{name} {email}".ToLowerInvariant()).Where(word => word.Length >= ShortestOwnWord);
        string[] known = [.. own.Concat(CommonPasswords.Words).OrderByDescending(word => word.Length)];
        return OwnCharacters(TakeOut(plain, known)) < FewestOwnCharacters
            || OwnCharacters(TakeOut(Unspell(TakeOut(plain, [])), known)) < FewestOwnCharacters;
    }

    private static int OwnCharacters(string rest) => Repeats().Replace(rest, "${sign}").Count(char.IsLetterOrDigit);

    // A blank stays where something was taken out, so that what is left and right of it does not grow together.
    private static string TakeOut(string password, IEnumerable<string> known) =>
        Years().Replace(known.Concat(Runs).Aggregate(password, (rest, word) => rest.Replace(word, " ", StringComparison.Ordinal)), " ");

    /// <summary>"p4$$w0rd" is "password" to those who guess.</summary>
    private static string Unspell(string text) => string.Concat(text.Select(c => c switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => c,
    }));

    // Longest first, so that a long run is taken out whole.
    private static IEnumerable<string> Pieces(string row) =>
        from length in Enumerable.Range(ShortestRun, row.Length - ShortestRun + 1).Reverse()
        from start in Enumerable.Range(0, row.Length - length + 1)
        select row.Substring(start, length);

    [GeneratedRegex(@"[^\p{L}\p{Nd}]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();

    [GeneratedRegex("(19|20)[0-9]{2}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Years();

    [GeneratedRegex(@"(?<sign>.)\k<sign>{2,}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Repeats();
}
