using System.Net;
using System.Text.Json;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Providers.Google;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Google;

/// <summary>google.rpc errors that the simulator has no reason to give.</summary>
public sealed class GoogleErrorsTests
{
    [Theory]
    [Trait("Req", "R-15")]
    [InlineData("""{ "error": { "code": 403, "status": "PERMISSION_DENIED" } }""", FailureKind.Credentials)]
    [InlineData("""{ "error": { "status": "INVALID_ARGUMENT", "details": [ { "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID" } ] } }""", FailureKind.Credentials)]
    [InlineData("""{ "error": { "status": "RESOURCE_EXHAUSTED" } }""", FailureKind.RateLimited)]
    [InlineData("""{ "error": { "status": "RESOURCE_EXHAUSTED", "details": [ { "@type": "type.googleapis.com/google.rpc.QuotaFailure" }, { "@type": "type.googleapis.com/google.rpc.RetryInfo" } ] } }""", FailureKind.RateLimited)]
    [InlineData("""{ "error": { "status": "RESOURCE_EXHAUSTED", "details": [ 7, null, { "@type": "type.googleapis.com/google.rpc.QuotaFailure" } ] } }""", FailureKind.Quota)]
    [InlineData("""{ "error": { "status": "ABORTED" } }""", null)]
    [InlineData("""{ "error": "no" }""", null)]
    [InlineData("[]", null)]
    public void Understand_Body_GoesByItsCodes(string body, FailureKind? kind)
    {
        var error = new ErrorAnswer(HttpStatusCode.BadRequest, JsonSerializer.Deserialize<JsonElement>(body), body);

        Assert.Equal(kind, GoogleErrors.Understand("Google", error)?.Kind);
    }

    [Theory]
    [InlineData("1.5s", 1.5)]
    [InlineData("30s", 30.0)]
    [InlineData("soon", null)]
    [InlineData("9999999999999999s", null)]
    public void Understand_RetryDelay_IsReadWhereItIsOne(string delay, double? seconds)
    {
        var body = $$"""{ "error": { "status": "RESOURCE_EXHAUSTED", "details": [ { "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "{{delay}}" } ] } }""";
        var error = new ErrorAnswer(HttpStatusCode.TooManyRequests, JsonSerializer.Deserialize<JsonElement>(body), body);

        Assert.Equal(seconds, GoogleErrors.Understand("Google", error)!.RetryAfter?.TotalSeconds);
    }
}
