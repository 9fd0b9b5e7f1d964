using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGen.Domain.Models;

namespace VideoGen.Web.Models;

/// <summary>Reads the catalogue from its JSON file. Times in the file are seconds, prices US dollars, sizes "1280x720".</summary>
internal static class CatalogueFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="InvalidOperationException">The file is missing or wrong; the message names it and the mistake.</exception>
    public static ModelCatalogue Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var file = JsonSerializer.Deserialize<Catalogue>(stream, Json) ?? throw new JsonException("There is nothing in it.");
            return new ModelCatalogue([.. file.Models.Select(ToModel)]);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or JsonException or ArgumentException or FormatException or OverflowException)
        {
            throw new InvalidOperationException($"The model catalogue {path} (Catalogue:Path) cannot be used: {ex.Message}", ex);
        }
    }

    private static VideoModel ToModel(Entry entry) => new()
    {
        ProviderId = entry.Provider,
        ProviderName = entry.ProviderName,
        Id = entry.Id,
        Name = entry.Name,
        Description = entry.Description ?? "",
        Lifecycle = entry.Lifecycle ?? ModelLifecycle.Active,
        Sizes = [.. entry.Sizes.Select(size => VideoSize.TryParse(size, out var parsed)
            ? parsed
            : throw new FormatException($"\"{size}\" of {entry.Provider}/{entry.Id} is not a size such as \"1280x720\"."))],
        Durations = [.. entry.Durations.Select(seconds => TimeSpan.FromSeconds(seconds))],
        DefaultDuration = TimeSpan.FromSeconds(entry.DefaultDuration ?? (entry.Durations is [var first, ..] ? first : 0)),
        FrameRates = entry.FrameRates ?? [],
        MaxPromptLength = entry.MaxPromptLength,
        MaxVariations = entry.MaxVariations ?? 4,
        TakesReferenceImage = entry.ReferenceImage,
        TakesSeed = entry.Seed,
        CanRemix = entry.Remix,
        Price = entry.Price ?? ModelPrice.Unknown,
        UsualTime = new UsualTime(TimeSpan.FromSeconds(entry.UsualTime.Min), TimeSpan.FromSeconds(entry.UsualTime.Max)),
        StuckAfter = TimeSpan.FromSeconds(entry.StuckAfter ?? 900),
        ResultExpiresAfter = TimeSpan.FromSeconds(entry.ResultExpiresAfter ?? 86_400),
        Input = entry.Input is { } input ? new ModelInput(input) : null,
        ImageId = entry.ImageId,
    };

    private sealed record Catalogue(IReadOnlyList<Entry> Models);

    private sealed record Entry(
        string Provider,
        string ProviderName,
        string Id,
        string Name,
        IReadOnlyList<string> Sizes,
        IReadOnlyList<double> Durations,
        Seconds UsualTime,
        string? Description = null,
        ModelLifecycle? Lifecycle = null,
        double? DefaultDuration = null,
        IReadOnlyList<int>? FrameRates = null,
        int? MaxPromptLength = null,
        int? MaxVariations = null,
        bool ReferenceImage = false,
        bool Seed = false,
        bool Remix = false,
        ModelPrice? Price = null,
        double? StuckAfter = null,
        double? ResultExpiresAfter = null,
        IReadOnlyDictionary<string, JsonElement>? Input = null,
        string? ImageId = null);

    private sealed record Seconds(double Min, double Max);
}
