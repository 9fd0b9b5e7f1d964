using System.Net;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Providers.Fal;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Fal;

[Trait("Req", "R-44")]
public sealed class FalErrorsTests
{
    [Theory]
    [InlineData(422, "content_policy_violation", FailureKind.Moderated)]
    [InlineData(422, "image_too_small", FailureKind.InputRefused)]
    [InlineData(422, "missing", FailureKind.InputRefused)]
    [InlineData(400, "feature_not_supported", FailureKind.InputRefused)]
    [InlineData(422, "no_media_generated", FailureKind.ProviderError)]
    [InlineData(400, "downstream_service_error", FailureKind.ProviderError)]
    [InlineData(504, "generation_timeout", FailureKind.ProviderError)]
    [InlineData(500, "internal_server_error", FailureKind.ProviderError)]
    [InlineData(418, "unheard_of", FailureKind.ProviderError)]
    public void OfRun_ModelsOwnError_GoesByItsType(int status, string type, FailureKind expected)
    {
        var error = Error(status, $$"""{"detail":[{"loc":["body","prompt"],"msg":"It says bonjour.","type":"{{type}}","input":"bonjour"}]}""");

        var failure = FalErrors.OfRun("fal", error, []);

        Assert.Equal(expected, failure.Kind);
        Assert.Equal($"HTTP {status} {type} at body.prompt: It says [removed].", failure.Detail);
    }

    [Theory]
    [InlineData(504, "request_timeout")]
    [InlineData(504, "startup_timeout")]
    [InlineData(503, "runner_scheduling_failure")]
    [InlineData(503, "runner_disconnected")]
    [InlineData(500, "internal_error")]
    public void OfRun_PlatformsError_IsTheProvidersTrouble(int status, string type)
    {
        var inBody = FalErrors.OfRun("fal", Error(status, $$"""{"detail":"It broke","error_type":"{{type}}"}"""), []);
        var inHeader = FalErrors.OfRun("fal", Error(status, "It broke", type), []);

        Assert.Equal((FailureKind.ProviderDown, FailureKind.ProviderDown), (inBody.Kind, inHeader.Kind));
        Assert.Equal($"HTTP {status} {type}: It broke", inBody.Detail);
    }

    [Theory]
    [InlineData(404, FailureKind.LostAtProvider)]
    [InlineData(410, FailureKind.LostAtProvider)]
    [InlineData(422, FailureKind.InputRefused)]
    [InlineData(409, FailureKind.ProviderError)]
    public void OfRun_NothingNamed_GoesByTheStatus(int status, FailureKind expected) =>
        Assert.Equal(expected, FalErrors.OfRun("fal", Error(status, """{"detail":"No"}"""), []).Kind);

    [Theory]
    [InlineData(422, """{"detail":[{"type":"content_policy_violation"}]}""", FailureKind.Moderated)]
    [InlineData(403, """{"detail":"User is locked. Reason: Exhausted balance."}""", FailureKind.Quota)]
    [InlineData(403, """{"detail":"Forbidden"}""", null)]
    [InlineData(422, """{"detail":[{"type":"missing"}, 7]}""", null)]
    [InlineData(404, "<html>", null)]
    public void OfSubmission_Refused_OnlyWhatTheStatusDoesNotSay(int status, string body, FailureKind? expected) =>
        Assert.Equal(expected, FalErrors.OfSubmission("fal", Error(status, body))?.Kind);

    [Theory]
    [InlineData("""{"detail":"Stopped","error_type":"client_cancelled"}""", true)]
    [InlineData("""{"detail":"Stopped"}""", false)]
    public void IsCancellation_Body_GoesByItsType(string body, bool expected) => Assert.Equal(expected, FalErrors.IsCancellation(Error(499, body)));

    private static ErrorAnswer Error(int status, string body, string? typeInHeader = null) => new((HttpStatusCode)status, BoundedJson.Parse(body), body)
    {
        Headers = typeInHeader is null
            ? new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            : new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-fal-error-type"] = typeInHeader },
    };
}
