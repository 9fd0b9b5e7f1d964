namespace VideoGen.Web.Components;

/// <summary>The look a person chose, written by studio.js and read before the first byte of a page, so that nothing flashes.</summary>
internal static class ThemeCookie
{
    public const string Name = "theme";

    /// <summary>"light" or "dark"; <see langword="null"/> follows the system.</summary>
    public static string? Read(HttpContext context) =>
        context.Request.Cookies[Name] switch
        {
            "light" => "light",
            "dark" => "dark",
            _ => null,
        };
}
