using System.Collections.Frozen;

namespace VideoGen.Web.Providers.Local.Design;

/// <summary>What the words of a prompt remind one of.</summary>
internal enum Mood
{
    Sea,
    Fire,
    Forest,
    Night,
    Neon,
    City,
    Winter,
    Desert,
    Love,
    Space,
    Mountain,
    Sun,
}

/// <summary>Finds moods in a prompt.</summary>
internal static class PromptMood
{
    private static readonly FrozenDictionary<string, Mood> Words = Read(
        (Mood.Sea, "sea ocean wave waves surf beach coast shore harbour harbor lighthouse underwater reef coral whale dolphin ship sail sailing boat island lake river rain rainy water tide meer ozean welle wellen küste strand schiff regen mer océan plage mar playa"),
        (Mood.Fire, "fire flame flames ember embers lava volcano sunset dusk sundown campfire candle dragon autumn fall phoenix feuer flamme sonnenuntergang abendrot herbst vulkan feu fuego"),
        (Mood.Forest, "forest forests wood woods tree trees jungle leaf leaves moss fern garden meadow grass field pine pines fox deer wald baum bäume garten wiese forêt bosque"),
        (Mood.Night, "night midnight moon moonlight dark darkness dream dreams shadow owl nacht mond mondlicht traum nuit lune noche luna"),
        (Mood.Neon, "neon cyberpunk synthwave retrowave retro arcade laser cyber robot robots hologram futuristic techno disco glitch vaporwave 80s"),
        (Mood.City, "city street streets town skyline skyscraper skyscrapers tokyo york london paris berlin urban metropolis traffic car cars stadt straße strasse ville ciudad"),
        (Mood.Winter, "winter snow snowy snowfall ice icy frost frozen arctic glacier polar penguin christmas blizzard schnee eis neige hiver nieve invierno"),
        (Mood.Desert, "desert sand dune dunes sahara canyon camel savanna savannah safari cactus mars wüste düne dünen désert desierto"),
        (Mood.Love, "love heart hearts rose roses romance romantic wedding kiss flower flowers blossom cherry spring valentine liebe herz blume blumen blüte amour amor"),
        (Mood.Space, "space galaxy star stars planet planets nebula cosmos cosmic universe astronaut rocket orbit comet satellite alien weltraum stern sterne planet galaxie univers espacio"),
        (Mood.Mountain, "mountain mountains peak peaks alps alpine cliff hill hills valley summit himalaya fog mist berg berge alpen tal gipfel nebel montagne montaña"),
        (Mood.Sun, "sun sunny sunrise dawn morning summer happy joy bright golden lemon orange party sonne sonnig sommer morgen sonnenaufgang soleil été sol verano"));

    private static readonly (string Sign, Mood Mood)[] Signs =
    [
        ("🌊", Mood.Sea), ("⛵", Mood.Sea), ("🐳", Mood.Sea), ("🐬", Mood.Sea), ("海", Mood.Sea), ("🔥", Mood.Fire), ("🌋", Mood.Fire), ("🌅", Mood.Fire),
        ("🌲", Mood.Forest), ("🌳", Mood.Forest), ("🌿", Mood.Forest), ("🦊", Mood.Forest), ("森", Mood.Forest), ("🌙", Mood.Night), ("夜", Mood.Night),
        ("🤖", Mood.Neon), ("🏙", Mood.City), ("🌃", Mood.City), ("❄", Mood.Winter), ("⛄", Mood.Winter), ("雪", Mood.Winter), ("🏜", Mood.Desert),
        ("❤", Mood.Love), ("🌸", Mood.Love), ("🌹", Mood.Love), ("桜", Mood.Love), ("🚀", Mood.Space), ("✨", Mood.Space), ("🌌", Mood.Space), ("🪐", Mood.Space),
        ("星", Mood.Space), ("⛰", Mood.Mountain), ("🏔", Mood.Mountain), ("山", Mood.Mountain), ("☀", Mood.Sun), ("🌞", Mood.Sun), ("🍋", Mood.Sun),
    ];

    /// <summary>The moods of a prompt, the most often named first. Empty when its words name none.</summary>
    public static IReadOnlyList<Mood> Of(string prompt)
    {
        var words = prompt.ToLowerInvariant().Split(
            [' ', '\n', '\r', '\t', ',', '.', ';', ':', '!', '?', '"', '\'', '(', ')', '-', '–', '—', '/'], StringSplitOptions.RemoveEmptyEntries);
        var named = words.SelectMany(word => Words.TryGetValue(word, out var mood) ? [mood] : Array.Empty<Mood>());
        var shown = Signs.Where(sign => prompt.Contains(sign.Sign, StringComparison.Ordinal)).Select(sign => sign.Mood);
        return [.. named.Concat(shown).GroupBy(mood => mood).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => group.Key)];
    }

    private static FrozenDictionary<string, Mood> Read(params (Mood Mood, string Words)[] moods) =>
        moods.SelectMany(entry => entry.Words.Split(' ').Distinct(StringComparer.Ordinal).Select(word => (word, entry.Mood)))
            .ToFrozenDictionary(pair => pair.word, pair => pair.Mood, StringComparer.Ordinal);
}
