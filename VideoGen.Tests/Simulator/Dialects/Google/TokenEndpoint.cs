using System.Buffers.Text;
using System.Text.Json.Nodes;
using VideoGen.Simulator.Bookkeeping;

namespace VideoGen.Simulator.Dialects.Google;

/// <summary>Gives an access token for a signed statement of a service account. The signature is not checked: whose it is, nobody here knows.</summary>
internal static class TokenEndpoint
{
    private const string Grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private const int Seconds = 3600;

    /// <summary>The token when the simulator asks for no particular one.</summary>
    public const string Token = "ya29.simulated";

    public static Delegate AnswerAsync(World world) => (HttpContext context) =>
    {
        var body = context.RequestBody();
        if (!string.Equals(body.Text("grant_type"), Grant, StringComparison.Ordinal))
        {
            return No("unsupported_grant_type", "Invalid grant_type");
        }

        return ClaimsIn(body.Text("assertion")) is { } claims && Issuer(claims).EndsWith(".gserviceaccount.com", StringComparison.Ordinal)
            ? Results.Json(new JsonObject { ["access_token"] = world.Options.RequiredKey ?? Token, ["expires_in"] = Seconds, ["token_type"] = "Bearer" })
            : No("invalid_grant", "Invalid grant: account not found");
    };

    private static IResult No(string error, string description) =>
        Results.Json(new JsonObject { ["error"] = error, ["error_description"] = description }, statusCode: StatusCodes.Status400BadRequest);

    private static string Issuer(JsonObject claims) => claims["iss"]?.GetValue<string>() ?? "";

    private static JsonObject? ClaimsIn(string? assertion) =>
        assertion?.Split('.') is [_, var claims, { Length: > 0 }] ? JsonNode.Parse(Base64Url.DecodeFromChars(claims)) as JsonObject : null;
}
