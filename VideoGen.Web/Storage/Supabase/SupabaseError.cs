using System.Globalization;
using System.Net;
using System.Text.Json;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Storage.Supabase;

/// <summary>
/// A refusal, understood by its <c>code</c>: the HTTP status is 400 for nearly all of them, and the real one stands, as a string or a
/// number, in the body. Uploads in chunks answer with a real status and plain text.
/// </summary>
/// <param name="Status">The real one, as far as it is told.</param>
/// <param name="Code"><see langword="null"/> when there is none: uploads in chunks, gateways, unknown addresses.</param>
internal sealed record SupabaseError(int Status, string? Code)
{
    /// <summary>The object is missing, or the bucket with it: not every call tells which.</summary>
    public bool IsMissing => Code is "NoSuchKey" or "NoSuchBucket";

    public bool IsBucketThere => Code is "BucketAlreadyExists" or "ResourceAlreadyExists";

    private StoreFault Fault => (Code, Status) switch
    {
        ("KeyAlreadyExists" or "Duplicate", _) => StoreFault.Conflict,
        ("AccessDenied" or "InvalidJWT" or "InvalidSignature", _) => StoreFault.Credentials,
        ("SlowDown" or "DatabaseTimeout" or "InternalError", _) => StoreFault.Down,
        (_, (int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.Forbidden) => StoreFault.Credentials,
        (_, (int)HttpStatusCode.PaymentRequired or (int)HttpStatusCode.InsufficientStorage) => StoreFault.Full,
        (_, (int)HttpStatusCode.Conflict) => StoreFault.Conflict,
        (_, (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.TooManyRequests or >= 500) => StoreFault.Down,
        _ => StoreFault.Refused,
    };

    public static async Task<SupabaseError> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = BoundedJson.Parse(await BoundedJson.ReadTextAsync(response.Content, cancellationToken));
        var status = int.TryParse(TextOf(body, "statusCode"), CultureInfo.InvariantCulture, out var real) ? real : (int)response.StatusCode;
        return new SupabaseError(status, TextOf(body, "code"));
    }

    /// <summary>Not the server's own words: they may repeat what it was sent.</summary>
    public VideoStoreException ToException() => new(
        Fault,
        Fault switch
        {
            StoreFault.Credentials => $"Supabase Storage does not accept the service key ({this}).",
            StoreFault.Full => $"Supabase Storage has no room left ({this}).",
            StoreFault.Conflict => $"Supabase Storage holds this key already ({this}).",
            StoreFault.Down => $"Supabase Storage is in trouble ({this}).",
            _ => $"Supabase Storage refuses ({this}).",
        });

    public override string ToString() =>
        Code is { Length: < 64 } && Code.All(char.IsAsciiLetterOrDigit)
            ? string.Create(CultureInfo.InvariantCulture, $"{Status} {Code}")
            : Status.ToString(CultureInfo.InvariantCulture);

    private static string? TextOf(JsonElement body, string member) =>
        body.ValueKind is JsonValueKind.Object && body.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString()
            : null;
}
