using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Simulator.Bookkeeping;

namespace VideoGen.Simulator.Dialects.Runway;

/// <summary>What a task is asked for with.</summary>
internal sealed record RunwayOrder(string Prompt, string Model, int Width, int Height, int Seconds)
{
    private const int LongestPrompt = 1000;
    private const int LongestDataUri = 5 * 1024 * 1024;

    private static readonly int[] TwoToTen = [2, 3, 4, 5, 6, 7, 8, 9, 10];
    private static readonly int[] FourSixEight = [4, 6, 8];
    private static readonly string[] Gen4Ratios = ["1280:720", "720:1280", "1104:832", "960:960", "832:1104", "1584:672"];
    private static readonly string[] VeoRatios = ["1280:720", "720:1280", "1080:1920", "1920:1080"];

    private static readonly Offer[] Offers =
    [
        new("gen4.5", ["1280:720", "720:1280"], Gen4Ratios, TwoToTen, Credits: 12),
        new("gen4_turbo", TextRatios: null, Gen4Ratios, TwoToTen, Credits: 5),
        new("veo3.1", VeoRatios, VeoRatios, FourSixEight, Credits: 40),
        new("veo3.1_fast", VeoRatios, VeoRatios, FourSixEight, Credits: 15),
    ];

    public static (RunwayOrder? Order, string? Fault) FromText(RequestBody body) => From(body, static offer => offer.TextRatios);

    public static (RunwayOrder? Order, string? Fault) FromImage(RequestBody body)
    {
        var fault = body.Text("promptImage") switch
        {
            null => "promptImage: Required",
            { } uri when uri.StartsWith("data:image/", StringComparison.Ordinal) && uri.Length > LongestDataUri => "promptImage: Data URI is too large",
            { } uri when uri.StartsWith("data:image/", StringComparison.Ordinal) || uri.StartsWith("https://", StringComparison.Ordinal)
                || uri.StartsWith("runway://", StringComparison.Ordinal) => null,
            _ => "promptImage: Invalid URI",
        };
        return fault is null ? From(body, static offer => offer.ImageRatios) : (null, fault);
    }

    public static int CreditsPerSecond(string model) => Offers.Single(offer => string.Equals(offer.Model, model, StringComparison.Ordinal)).Credits;

    private static (RunwayOrder? Order, string? Fault) From(RequestBody body, Func<Offer, string[]?> ratiosOf)
    {
        var prompt = body.Text("promptText");
        var ratio = body.Text("ratio");
        var seconds = body.Json?["duration"] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;
        var offer = Array.Find(Offers, known => string.Equals(known.Model, body.Text("model"), StringComparison.Ordinal));
        if (offer is null || ratiosOf(offer) is not { } ratios)
        {
            return (null, "model: Invalid enum value");
        }

        var fault = string.IsNullOrEmpty(prompt) || prompt.Length > LongestPrompt ? "promptText: String must contain 1 to 1000 characters"
            : !ratios.Contains(ratio, StringComparer.Ordinal) ? "ratio: Invalid enum value"
            : !offer.Durations.Contains(seconds) ? "duration: Invalid value"
            : FaultOfSeed(body.Json?["seed"]);
        if (fault is not null)
        {
            return (null, fault);
        }

        var sides = ratio!.Split(':');
        return (new RunwayOrder(prompt!, offer.Model, int.Parse(sides[0], CultureInfo.InvariantCulture), int.Parse(sides[1], CultureInfo.InvariantCulture), seconds), null);
    }

    private static string? FaultOfSeed(JsonNode? seed) =>
        seed is null || (seed.GetValueKind() is JsonValueKind.Number && seed.AsValue().TryGetValue<uint>(out _)) ? null : "seed: Expected an integer from 0 to 4294967295";

    private sealed record Offer(string Model, string[]? TextRatios, string[] ImageRatios, int[] Durations, int Credits);
}
