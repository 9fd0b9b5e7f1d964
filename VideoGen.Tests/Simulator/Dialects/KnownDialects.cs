using VideoGen.Simulator.Dialects.AzureSora;
using VideoGen.Simulator.Dialects.Fal;
using VideoGen.Simulator.Dialects.Files;
using VideoGen.Simulator.Dialects.Google;
using VideoGen.Simulator.Dialects.Luma;
using VideoGen.Simulator.Dialects.OpenAI;
using VideoGen.Simulator.Dialects.Replicate;
using VideoGen.Simulator.Dialects.Runway;

namespace VideoGen.Simulator.Dialects;

/// <summary>Every dialect that is spoken. A new one is a folder and a line here.</summary>
internal static class KnownDialects
{
    public static IReadOnlyList<Dialect> Of(World world) =>
    [
        new OpenAIDialect(world),
        new FalDialect(world),
        new ReplicateDialect(world),
        new RunwayDialect(world),
        new LumaDreamMachineDialect(world),
        new LumaAgentsDialect(world),
        new VertexDialect(world),
        new StorageDialect(world),
        new GeminiDialect(world),
        new AzureSoraDialect(world),
        new FilesDialect(world),
    ];
}
