using System.Text.Json;
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
        control.MapPost("/misbehave", async (HttpRequest request) => await MisbehaveAsync(request, world));
        control.MapDelete("/misbehave", () =>
        {
            world.Misbehaviours.Clear();
            return Results.NoContent();
        });
        control.MapPost("/webhook", (WebhookSubscription subscription) =>
        {
            world.Webhooks.Subscribe(subscription.Dialect, subscription.Url, subscription.Secret);
            return Results.NoContent();
        });
        control.MapGet("/ledger", () => Results.Json(world.Ledger.Entries(), Ledger.Json));
    }

    private static async Task<IResult> MisbehaveAsync(HttpRequest request, World world)
    {
        try
        {
            if (await request.ReadFromJsonAsync<MisbehaviourRule>(Ledger.Json) is { } rule)
            {
                world.Misbehaviours.Add(rule);
                return Results.NoContent();
            }

            return Results.BadRequest();
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return Results.BadRequest(exception.Message);
        }
    }

    private sealed record WebhookSubscription(string Dialect, Uri Url, string? Secret);
}
