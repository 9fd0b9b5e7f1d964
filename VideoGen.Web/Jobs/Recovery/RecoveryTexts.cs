namespace VideoGen.Web.Jobs.Recovery;

/// <summary>What the history says of a person's action: what was done, what was found, and why in the person's words.</summary>
internal static class RecoveryTexts
{
    public static string Of(string what, string? found, string? why) =>
        string.Join(' ', new[] { what, found, why is null ? null : $"“{why}”" }.OfType<string>());

    public static string Of(string what, string? why) => Of(what, found: null, why);
}
