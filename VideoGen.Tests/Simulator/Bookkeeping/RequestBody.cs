using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VideoGen.Simulator.Bookkeeping;

/// <summary>The body of a request, read once: as text, as JSON, or as parts.</summary>
internal sealed record RequestBody
{
    private const int MostText = 1024 * 1024;

    public static readonly RequestBody None = new();

    /// <summary>At most 1 MB of it; null when it came in parts.</summary>
    public string? Content { get; private init; }

    /// <summary>The parsed body; null when it is no JSON object.</summary>
    public JsonObject? Json { get; private init; }

    public IReadOnlyList<LedgerPart> Parts { get; private init; } = [];

    /// <summary>What the dialect takes for the prompt in it.</summary>
    public string? Prompt { get; init; }

    /// <summary>Reads the whole body and leaves it at its start for the dialect.</summary>
    public static async Task<RequestBody> ReadAsync(HttpRequest request)
    {
        request.EnableBuffering();
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync();
            request.Body.Position = 0;
            return new RequestBody { Parts = await PartsOfAsync(form) };
        }

        using var reader = new StreamReader(request.Body, Encoding.UTF8, leaveOpen: true);
        var content = await reader.ReadToEndAsync();
        request.Body.Position = 0;
        return new RequestBody
        {
            Content = content.Length switch { 0 => null, > MostText => content[..MostText], _ => content },
            Json = ParseObject(content),
        };
    }

    /// <summary>The value of a field: of a part, or of the first property of this name at any depth of the JSON that is a text.</summary>
    public string? Text(string name) =>
        Parts.FirstOrDefault(part => string.Equals(part.Name, name, StringComparison.Ordinal))?.Value ?? Text(Json, name);

    private static string? Text(JsonNode? node, string name) => node switch
    {
        JsonObject found when found[name] is JsonValue value && value.GetValueKind() is JsonValueKind.String => value.GetValue<string>(),
        JsonObject parent => parent.Select(property => Text(property.Value, name)).FirstOrDefault(text => text is not null),
        JsonArray items => items.Select(item => Text(item, name)).FirstOrDefault(text => text is not null),
        _ => null,
    };

    private static JsonObject? ParseObject(string content)
    {
        try
        {
            return content.Length == 0 ? null : JsonNode.Parse(content) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<LedgerPart>> PartsOfAsync(IFormCollection form)
    {
        var parts = form.Select(field => new LedgerPart(field.Key, field.Value.ToString(), FileName: null, ContentType: null, Length: null, Sha256: null)).ToList();
        foreach (var file in form.Files)
        {
            await using var content = file.OpenReadStream();
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content));
            parts.Add(new LedgerPart(file.Name, Value: null, file.FileName, file.ContentType, file.Length, hash));
        }

        return parts;
    }
}

internal static class BodyOfRequest
{
    /// <summary>The body as the ledger has it.</summary>
    public static RequestBody RequestBody(this HttpContext context) => context.Features.Get<RequestBody>() ?? Bookkeeping.RequestBody.None;
}
