using System.Text.Json.Nodes;
using VideoGen.Simulator.Bookkeeping;

namespace VideoGen.Tests.Providers.Vendors;

/// <summary>What of a request makes it the same request: everything but the name of the program that sends it.</summary>
internal sealed record SentRequest(string Method, string Path, string Headers, JsonNode? Body, string Parts)
{
    // Of each header, what the provider acts upon.
    private static readonly string[] Meant =
        ["authorization", "api-key", "x-api-key", "x-goog-api-key", "x-runway-version", "prefer"];

    public static SentRequest Of(LedgerEntry entry)
    {
        var headers = entry.Headers
            .Where(header => Meant.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(header => $"{header.Key.ToUpperInvariant()}: {header.Value}")
            .Append($"CONTENT-TYPE: {entry.Headers.FirstOrDefault(header => string.Equals(header.Key, "content-type", StringComparison.OrdinalIgnoreCase)).Value?.Split(';')[0]}")
            .Order(StringComparer.Ordinal);
        var parts = entry.Parts.Select(part => $"{part.Name}={part.Value}{part.Sha256} {part.ContentType?.Split(';')[0].Replace("text/plain", "", StringComparison.Ordinal)}".TrimEnd()).Order(StringComparer.Ordinal);
        return new SentRequest(
            entry.Method, entry.Path, string.Join('\n', headers), entry.Body is { } body ? JsonNode.Parse(body) : null, string.Join('\n', parts));
    }

    /// <summary>The same fields as JSON, where a request says them as the plain parts of a form and the vendor takes either.</summary>
    public static SentRequest WithFieldsAsJson(LedgerEntry entry)
    {
        var sent = Of(entry);
        var isForm = entry.Parts.Count > 0 && entry.Parts.All(part => part.FileName is null);
        var fields = entry.Parts.Select(part => KeyValuePair.Create<string, JsonNode?>(part.Name, part.Value));
        return isForm
            ? sent with { Body = new JsonObject(fields), Parts = "", Headers = sent.Headers.Replace("multipart/form-data", "application/json", StringComparison.Ordinal) }
            : sent;
    }

    /// <summary>Fails with both bodies where they differ, whatever the order of their members.</summary>
    public static void AssertSame(SentRequest vendor, SentRequest ours)
    {
        Assert.Equal((vendor.Method, vendor.Path, vendor.Headers, vendor.Parts), (ours.Method, ours.Path, ours.Headers, ours.Parts));
        Assert.True(JsonNode.DeepEquals(vendor.Body, ours.Body), $"The vendor's client sends\n{vendor.Body}\nand we send\n{ours.Body}");
    }
}
