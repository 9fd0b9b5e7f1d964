using VideoGen.Simulator.Dialects.AzureSora;
using VideoGen.Simulator.Dialects.Files;
using VideoGen.Simulator.Dialects.OpenAI;

namespace VideoGen.Simulator.Dialects;

/// <summary>Every dialect that is spoken. A new one is a folder and a line here.</summary>
internal static class KnownDialects
{
    public static IReadOnlyList<Dialect> Of(World world) =>
    [
        new OpenAIDialect(world),
        new AzureSoraDialect(world),
        new FilesDialect(world),
    ];
}
