using System.Text.Json;
using System.Text.Json.Serialization;

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

/// <summary>What is asked of POST object/list.</summary>
internal sealed record SupabaseListing(string Prefix, int Limit, int Offset, SupabaseOrder SortBy);

internal sealed record SupabaseOrder(string Column, string Order);

/// <summary>One line of its answer.</summary>
/// <param name="Name">Within the folder that was asked for.</param>
/// <param name="Id"><see langword="null"/> for a folder, which has none of the rest either.</param>
internal sealed record SupabaseEntry(
    string Name, string? Id, [property: JsonPropertyName("updated_at")] DateTimeOffset? UpdatedAt, SupabaseEntryFacts? Metadata);

internal sealed record SupabaseEntryFacts(long? Size);
