using System.Text.Json;

namespace VideoGen.Web.Storage.Supabase;

/// <summary>What GET object/info tells.</summary>
/// <param name="Metadata">What the uploader said; anything at all.</param>
internal sealed record SupabaseObject(long? Size, JsonElement Metadata)
{
    public string? Sha256 => Metadata.ValueKind is JsonValueKind.Object
        && Metadata.TryGetProperty("sha256", out var value)
        && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;
}

/// <summary>What is asked of POST bucket, and told by GET bucket.</summary>
internal sealed record SupabaseBucket(string Id, string Name, bool Public);
