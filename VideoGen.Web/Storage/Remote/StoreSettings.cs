using System.Text.RegularExpressions;

namespace VideoGen.Web.Storage.Remote;

/// <summary>What the settings of remote stores have to look like. What is wrong with a value is said without the value.</summary>
internal static partial class StoreSettings
{
    /// <returns>A sentence that names the setting, or <see langword="null"/> when all is well.</returns>
    public static string? AddressProblem(string setting, Uri? address) =>
        address is { IsAbsoluteUri: true, UserInfo: "", Query: "", Fragment: "" } && IsPrivateOnItsWay(address)
            ? null
            : $"{setting} must be an https address (http only for this machine itself, such as localhost) without a name, a password or a query.";

    /// <inheritdoc cref="AddressProblem"/>
    public static string? KeyProblem(string setting, string? key) =>
        key is { Length: > 0 } && key.All(static sign => char.IsBetween(sign, '!', '~'))
            ? null
            : $"{setting} must be set, to a key without blanks.";

    /// <inheritdoc cref="AddressProblem"/>
    public static string? BucketProblem(string setting, string? bucket) =>
        bucket is not null && Bucket().IsMatch(bucket)
            ? null
            : $"{setting} must be a bucket's name, of letters, digits, dots, hyphens and underscores.";

    // Keys and videos go there; in clear text they never leave this machine.
    private static bool IsPrivateOnItsWay(Uri address) =>
        string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
        || (string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) && address.IsLoopback);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bucket();
}
