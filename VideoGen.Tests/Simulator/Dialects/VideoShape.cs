using System.Globalization;
using System.Text.Json.Nodes;

namespace VideoGen.Simulator.Dialects;

/// <summary>Size and length as vendors of many models let them be asked for: by ratio and resolution, in several spellings.</summary>
internal sealed record VideoShape(int Width, int Height, int Seconds)
{
    private const int ShortSideByDefault = 720;
    private const int SecondsByDefault = 5;

    /// <param name="input">The input of the model.</param>
    public static VideoShape Of(JsonObject input)
    {
        var shortSide = Number(input["resolution"]) ?? ShortSideByDefault;
        var seconds = Number(input["duration"]) ?? SecondsByDefault;
        var longSide = shortSide * 16 / 9;
        return Text(input["aspect_ratio"]) switch
        {
            "9:16" => new VideoShape(shortSide, longSide, seconds),
            "1:1" => new VideoShape(shortSide, shortSide, seconds),
            _ => new VideoShape(longSide, shortSide, seconds),
        };
    }

    private static string? Text(JsonNode? value) => value?.ToString();

    // "8", "8s" and 8 are all in use, and "720p".
    private static int? Number(JsonNode? value) =>
        int.TryParse(Text(value)?.TrimEnd('s', 'p'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
