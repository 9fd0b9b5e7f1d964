using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Web.Providers.Luma;

namespace VideoGen.Tests.Providers.Luma;

public sealed class LumaAgentsVideoProviderTests : RemoteProviderTests
{
    private protected override RemoteVendor Vendor { get; } = new("luma-agents", "Providers:LumaAgents", "/v1", static builder => builder.AddLuma());

    private protected override string Model => "ray-3.2";

    private protected override FailureKind KindOfNoCredit => FailureKind.Quota;

    [Fact]
    public void Capabilities_SayWhatTheApiCannot()
    {
        var capabilities = Run.Provider.Capabilities;

        Assert.Equal(("luma-agents", false, SubmissionLookup.None), (Run.Provider.Id, capabilities.CanCancel, capabilities.SubmissionLookup));
    }

    [Fact]
    public async Task Submit_Text_IsAVideoGeneration()
    {
        await Run.SubmitAsync(Request with { Size = new VideoSize(1680, 720), Duration = TimeSpan.FromSeconds(10) });

        var sent = Assert.Single(Run.Arrived(Operation.Create));
        Assert.Equal(("POST", "/v1/generations", $"Bearer {RemoteVendor.Key}"), (sent.Method, sent.Path, sent.Headers["Authorization"]));
        AssertJson(
            """
            {"type":"video","model":"ray-3.2","prompt":"A heron lands on a frozen lake","aspect_ratio":"21:9",
             "video":{"resolution":"720p","duration":"10s"}}
            """,
            sent.Body);
    }

    [Fact]
    public async Task Submit_Image_IsTheStartFrame()
    {
        await Run.SubmitAsync(RequestWith([1, 2, 3]));

        AssertJson(
            """
            {"type":"video","model":"ray-3.2","prompt":"A heron lands on a frozen lake","aspect_ratio":"16:9",
             "video":{"resolution":"720p","duration":"5s","start_frame":{"data":"AQID","media_type":"image/png"}}}
            """,
            Assert.Single(Run.Arrived(Operation.Create)).Body);
    }

    [Fact]
    public async Task Submit_ImageOfALongVideo_IsTheFirstKeyframe()
    {
        await Run.SubmitAsync(RequestWith([1, 2, 3]) with { Duration = TimeSpan.FromSeconds(10) });

        AssertJson(
            """
            {"type":"video","model":"ray-3.2","prompt":"A heron lands on a frozen lake","aspect_ratio":"16:9",
             "video":{"resolution":"720p","duration":"10s","keyframes":[{"data":"AQID","media_type":"image/png"}],"keyframe_indexes":[0]}}
            """,
            Assert.Single(Run.Arrived(Operation.Create)).Body);
    }

    [Theory]
    [InlineData("queued", ProviderJobState.Waiting)]
    [InlineData("processing", ProviderJobState.Running)]
    [InlineData("completed", ProviderJobState.Finished)]
    [InlineData("failed", ProviderJobState.Failed)]
    [InlineData("resting", ProviderJobState.Running)]
    [Trait("Req", "R-11")]
    public async Task Check_EveryWord_IsMapped(string word, ProviderJobState expected)
    {
        var job = await CheckAnsweredWithAsync($$"""{"id":"g","state":"{{word}}"}""");

        Assert.Equal((expected, word, expected is ProviderJobState.Failed), (job.State, job.RawStatus, job.Failure is not null));
        Assert.Null(job.Progress);
    }

    [Theory]
    [InlineData("content_moderated", FailureKind.Moderated)]
    [InlineData("budget_exhausted", FailureKind.Quota)]
    [InlineData("output_not_found", FailureKind.LostAtProvider)]
    [InlineData("generation_failed", FailureKind.ProviderError)]
    [InlineData("of_a_later_year", FailureKind.ProviderError)]
    [Trait("Req", "R-44")]
    public async Task Check_EveryFailure_HasItsKind(string code, FailureKind expected)
    {
        var job = await CheckAnsweredWithAsync($$"""{"id":"g","state":"failed","failure_code":"{{code}}","failure_reason":"No good: {{RemoteVendor.Key}}"}""");

        Assert.Equal((expected, $"{code}: No good: [removed]"), (job.Failure!.Kind, job.Failure.Detail));
    }

    [Fact]
    public async Task Check_OtherFilesBesideTheVideo_AreNotCounted()
    {
        var job = await CheckAnsweredWithAsync(
            """{"id":"g","state":"completed","output":[{"type":"exr","url":"https://a.example/1"},{"type":"video","url":"https://a.example/2"}]}""");

        Assert.Equal(1, job.ResultCount);
    }

    [Fact]
    public async Task Cancel_Running_IsQuietAndSendsNothing()
    {
        var id = await Run.SubmitAsync(Request);

        await Run.Provider.CancelAsync(id, CancellationToken.None);

        Assert.Single(Run.Simulator.Ledger.Entries());
    }
}
