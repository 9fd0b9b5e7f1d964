using System.Text.Json;

namespace VideoGen.Web.Providers.Transport;

/// <summary>Reads single texts out of JSON of which little is certain.</summary>
internal static class JsonText
{
    /// <summary>The text at a path of property names, or <see langword="null"/> where there is none.</summary>
    public static string? TextAt(this JsonElement element, params ReadOnlySpan<string> path)
    {
        var at = element;
        foreach (var name in path)
        {
            if (at.ValueKind is not JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at.ValueKind is JsonValueKind.String ? at.GetString() : null;
    }
}
