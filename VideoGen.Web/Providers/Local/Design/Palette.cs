namespace VideoGen.Web.Providers.Local.Design;

/// <summary>Colours chosen to live together.</summary>
internal sealed class Palette
{
    private Palette(string name, string[] stops, string ink, string accent, params Mood[] moods)
    {
        Name = name;
        Stops = [.. stops.Select(Colour.Hex)];
        Ink = Colour.Hex(ink);
        Accent = Colour.Hex(accent);
        Moods = moods;
    }

    public static IReadOnlyList<Palette> All { get; } =
    [
        new("Deep water", ["031B2E", "0A3D62", "1B7A9C", "6FD6D2"], "F2FBFA", "FFD37A", Mood.Sea),
        new("Lagoon", ["04263A", "00586E", "12A5A0", "B8F2E0"], "F4FFFB", "FF8A5C", Mood.Sea, Mood.Sun),
        new("Ember", ["1A0B12", "5A1220", "C8371F", "FF9E3D"], "FFF4E6", "FFD25E", Mood.Fire),
        new("Sunset", ["1F1147", "6A1B7A", "E0486B", "FFB15C"], "FFF6EC", "FFE08A", Mood.Fire, Mood.Sun, Mood.City),
        new("Moss", ["0C1F17", "1F4A34", "4F8A4C", "C5D86D"], "F6F8E8", "FFCF56", Mood.Forest),
        new("Meadow", ["F3F0E2", "DCE5C8", "9DBF8E", "2F5B43"], "15291E", "D9622B", Mood.Forest, Mood.Sun),
        new("Midnight", ["070A1C", "141B47", "3A3FA8", "8A7BFF"], "F1F1FF", "FF7AC6", Mood.Night, Mood.City),
        new("Neon", ["0A0318", "2B0A52", "B5179E", "4CC9F0"], "FFFFFF", "FF3D8B", Mood.Neon, Mood.City),
        new("Frost", ["EEF5FA", "CFE3F1", "8FB8DA", "2C5580"], "0E2338", "E4572E", Mood.Winter),
        new("Glacier", ["06131F", "12354F", "3F7FA6", "CFEAF5"], "F5FBFF", "9BE7FF", Mood.Winter, Mood.Mountain),
        new("Dune", ["2A140C", "7A3B1E", "D08C4A", "F5DDB0"], "FFF8EA", "5FC9CF", Mood.Desert),
        new("Blossom", ["FFF1EF", "FBD3D3", "F09AA8", "8F3560"], "3A0F27", "2F6F73", Mood.Love),
        new("Cosmos", ["05030F", "1B1040", "5B2A86", "F29CA3"], "FFF5FA", "7DE2D1", Mood.Space, Mood.Night),
        new("Citrus", ["FFF7D6", "FFE08A", "FFB238", "C8401F"], "2B1A0E", "1D6F6A", Mood.Sun),
        new("Graphite", ["0B0C0F", "1D2026", "454B57", "AEB6C4"], "F7F7F5", "FF5A36", Mood.City, Mood.Mountain),
        new("Orchid", ["140A2A", "43207A", "A14BC6", "FFB3E1"], "FFF7FD", "FFD97A", Mood.Love, Mood.Night),
    ];

    public string Name { get; }

    /// <summary>Four colours of the scene from the sky down: a dark palette begins with its darkest, a light one with its paper.</summary>
    public IReadOnlyList<Colour> Stops { get; }

    /// <summary>The colour of words, readable on the first two stops.</summary>
    public Colour Ink { get; }

    public Colour Accent { get; }

    public IReadOnlyList<Mood> Moods { get; }

    public bool IsLight => Stops[0].Lightness > 0.6;

    /// <summary>Ground from far (0, hazy) to near (1).</summary>
    public Colour Ground(double nearness) => IsLight
        ? Stops[1].Mix(Stops[2], 0.55).Mix(Stops[3], nearness)
        : Stops[2].Mix(Stops[1], 0.25).Mix(OkLab.Of(Stops[0]).Dim(0.72).ToColour(), Math.Pow(nearness, 0.8));

    /// <summary>One that suits the mood, any for a prompt without one.</summary>
    public static Palette Choose(IReadOnlyList<Mood> moods, SeededRandom random)
    {
        var suiting = moods.Count == 0 ? All : [.. All.Where(palette => palette.Moods.Contains(moods[0]))];
        return random.Pick(suiting);
    }
}
