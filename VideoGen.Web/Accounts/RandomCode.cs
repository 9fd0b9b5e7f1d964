using System.Security.Cryptography;

namespace VideoGen.Web.Accounts;

/// <summary>Codes that a person reads from one screen and types into another: "K7QM-2XPD".</summary>
internal static class RandomCode
{
    private const int GroupLength = 4;

    // Without the signs that are taken for one another: 0 and O, 1 and I and L, U and V.
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTWXYZ";

    public static string New(int groups) =>
        string.Join('-', Enumerable.Range(0, groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength)));

    /// <summary>The code as it counts: how a person groups it and whether in capitals makes no difference.</summary>
    public static string Normalize(string? typed) =>
        string.Concat((typed ?? "").Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant));
}
