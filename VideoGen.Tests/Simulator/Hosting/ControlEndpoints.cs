using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Simulator.Hosting;

/// <summary>How a person or another process tells a running simulator to misbehave, and reads what arrived. Not in the ledger themselves.</summary>
internal static class ControlEndpoints
{
    public const string Folder = "/_simulator";

    public static void Map(WebApplication app, World world)
    {
        var control = app.MapGroup(Folder);
        control.MapPost("/misbehave", async (HttpRequest request) =>
        {
            var rule = await request.ReadFromJsonAsync<MisbehaviourRule>(Ledger.Json);
            world.Misbehaviours.Add(rule!);
            return Results.NoContent();
        });
        control.MapDelete("/misbehave", () =>
        {
            world.Misbehaviours.Clear();
            return Results.NoContent();
        });
        control.MapGet("/ledger", () => Results.Json(world.Ledger.Entries(), Ledger.Json));
    }
}
