using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;

namespace VideoGen.Tests.Providers.Luma;

public sealed class DreamMachineVideoProviderTests : RemoteProviderTests
{
    private protected override RemoteVendor Vendor { get; } = DreamMachine.Vendor;

    private protected override string Model => "ray-2";

    private protected override FailureKind KindOfNoCredit => FailureKind.Quota;

    [Fact]
    public void Capabilities_SayThatALostSubmissionIsFound()
    {
        var capabilities = Run.Provider.Capabilities;

        Assert.Equal(("luma", true, SubmissionLookup.Eventual), (Run.Provider.Id, capabilities.CanCancel, capabilities.SubmissionLookup));
    }

    [Fact]
    public async Task Submit_Text_NamesTheAttemptInItsCallback()
    {
        await Run.SubmitAsync(Request);

        var sent = Assert.Single(Run.Arrived(Operation.Create));
        Assert.Equal(("POST", "/dream-machine/v1/generations/video", $"Bearer {RemoteVendor.Key}"), (sent.Method, sent.Path, sent.Headers["Authorization"]));
        AssertJson(
            """
            {"generation_type":"video","model":"ray-2","prompt":"A heron lands on a frozen lake","aspect_ratio":"16:9","duration":"5s","resolution":"720p",
             "callback_url":"https://videogen.invalid/luma/0192f0aa-1"}
            """,
            sent.Body);
    }

    [Theory]
    [InlineData(540, 960, "9:16", "540p")]
    [InlineData(1920, 1080, "16:9", "1080p")]
    [InlineData(720, 720, "1:1", "720p")]
    [InlineData(960, 720, "4:3", "720p")]
    [InlineData(720, 960, "3:4", "720p")]
    [InlineData(1680, 720, "21:9", "720p")]
    [InlineData(720, 1680, "9:21", "720p")]
    public async Task Submit_EverySize_IsAShapeAndAResolution(int width, int height, string shape, string resolution)
    {
        await Run.SubmitAsync(Request with { Size = new VideoSize(width, height), Duration = TimeSpan.FromSeconds(9) });

        AssertJson(
            $$"""
            {"generation_type":"video","model":"ray-2","prompt":"A heron lands on a frozen lake","aspect_ratio":"{{shape}}","duration":"9s",
             "resolution":"{{resolution}}","callback_url":"https://videogen.invalid/luma/0192f0aa-1"}
            """,
            Assert.Single(Run.Arrived(Operation.Create)).Body);
    }

    [Theory]
    [InlineData("queued", ProviderJobState.Waiting)]
    [InlineData("dreaming", ProviderJobState.Running)]
    [InlineData("completed", ProviderJobState.Finished)]
    [InlineData("failed", ProviderJobState.Failed)]
    [InlineData("sleeping", ProviderJobState.Running)]
    [Trait("Req", "R-11")]
    public async Task Check_EveryWord_IsMapped(string word, ProviderJobState expected)
    {
        var job = await CheckAnsweredWithAsync($$"""{"id":"g","state":"{{word}}","assets":{"progress_video":"https://a.example/p"} }""");

        Assert.Equal((expected, word, expected is ProviderJobState.Failed), (job.State, job.RawStatus, job.Failure is not null));
        Assert.Null(job.Progress);
    }

    [Theory]
    [InlineData("Advanced moderation failed", FailureKind.Moderated)]
    [InlineData("prompt not allowed because advanced moderation failed", FailureKind.Moderated)]
    [InlineData("Insufficient credits", FailureKind.Quota)]
    [InlineData("The dream fell apart", FailureKind.ProviderError)]
    [InlineData("", FailureKind.ProviderError)]
    [Trait("Req", "R-44")]
    public async Task Check_EveryFailure_HasItsKind(string reason, FailureKind expected)
    {
        var job = await CheckAnsweredWithAsync($$"""{"id":"g","state":"failed","failure_reason":"{{reason}}"}""");

        Assert.Equal((expected, reason.Length > 0 ? reason : null), (job.Failure!.Kind, job.Failure.Detail));
    }

    [Fact]
    [Trait("Req", "R-44")]
    public async Task Check_FailureThatQuotesThePrompt_IsCleaned()
    {
        var job = await CheckAnsweredWithAsync($$"""{"id":"g","state":"failed","failure_reason":"No: {{Prompt}} {{RemoteVendor.Key}}","request":{"prompt":"{{Prompt}}"} }""");

        Assert.Equal("No: [removed] [removed]", job.Failure!.Detail);
    }

    [Fact]
    public async Task Cancel_Running_DeletesIt()
    {
        var id = await Run.SubmitAsync(Request);

        await Run.Provider.CancelAsync(id, CancellationToken.None);

        var sent = Assert.Single(Run.Arrived(Operation.Cancel));
        Assert.Equal(("DELETE", $"/dream-machine/v1/generations/{id}"), (sent.Method, sent.Path));
    }

    [Fact]
    public async Task Cancel_Finished_KeepsTheVideo()
    {
        var id = await Run.SubmitFinishedAsync(Request);

        await Run.Provider.CancelAsync(id, CancellationToken.None);

        Assert.Empty(Run.Arrived(Operation.Cancel));
        Assert.NotEmpty(await Run.FetchAsync(id));
    }

    [Fact]
    public Task Cancel_Unknown_IsQuiet() => Run.Provider.CancelAsync("no-such-generation", CancellationToken.None);
}
