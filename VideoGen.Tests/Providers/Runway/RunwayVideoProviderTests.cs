using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Web.Providers.Runway;

namespace VideoGen.Tests.Providers.Runway;

public sealed class RunwayVideoProviderTests : RemoteProviderTests
{
    private protected override RemoteVendor Vendor { get; } = new("runway", "Providers:Runway", "/v1", static builder => builder.AddRunway());

    private protected override string Model => "gen4.5";

    // Runway only knows a limit for the day, which passes.
    private protected override FailureKind KindOfNoCredit => FailureKind.RateLimited;

    [Fact]
    public void Capabilities_SayWhatRunwayAsksFor()
    {
        var capabilities = Run.Provider.Capabilities;

        Assert.Equal(("runway", true, SubmissionLookup.None), (Run.Provider.Id, capabilities.CanCancel, capabilities.SubmissionLookup));
        Assert.Equal(TimeSpan.FromSeconds(5), capabilities.PollInterval);
    }

    [Fact]
    public async Task Submit_Text_IsTextToVideo()
    {
        await Run.SubmitAsync(Request);

        var sent = Assert.Single(Run.Arrived(Operation.Create));
        Assert.Equal(("POST", "/v1/text_to_video", $"Bearer {RemoteVendor.Key}", "2024-11-06"), (sent.Method, sent.Path, sent.Headers["Authorization"], sent.Headers["X-Runway-Version"]));
        AssertJson("""{"model":"gen4.5","promptText":"A heron lands on a frozen lake","ratio":"1280:720","duration":5}""", sent.Body);
    }

    [Fact]
    public async Task Submit_SeedAndOtherSettings_AreSent()
    {
        await Run.SubmitAsync(Request with { ModelId = "veo3.1_fast", Seed = 4294967295, Size = new VideoSize(1080, 1920), Duration = TimeSpan.FromSeconds(8) });

        AssertJson(
            """{"model":"veo3.1_fast","promptText":"A heron lands on a frozen lake","ratio":"1080:1920","duration":8,"seed":4294967295}""",
            Assert.Single(Run.Arrived(Operation.Create)).Body);
    }

    [Fact]
    public async Task Submit_Image_IsImageToVideoWithADataUri()
    {
        await Run.SubmitAsync(RequestWith([251, 255, 190, 1], "image/jpeg"));

        var sent = Assert.Single(Run.Arrived(Operation.Create));
        Assert.Equal("/v1/image_to_video", sent.Path);
        AssertJson(
            """
            {"model":"gen4.5","promptText":"A heron lands on a frozen lake","ratio":"1280:720","duration":5,
             "promptImage":"data:image/jpeg;base64,+/++AQ=="}
            """,
            sent.Body);
    }

    [Fact]
    public async Task Submit_LargestImage_FitsIntoTheDataUri()
    {
        await Run.SubmitAsync(RequestWith(new byte[((5 * 1024 * 1024) - 64) / 4 * 3]));

        Assert.Single(Run.Arrived(Operation.Create));
    }

    [Fact]
    [Trait("Req", "R-44")]
    public async Task Submit_ImageTooLarge_IsRefusedBeforeAnythingIsSent()
    {
        var refused = await Assert.ThrowsAsync<VideoProviderException>(() => Run.SubmitAsync(RequestWith(new byte[4 * 1024 * 1024])));

        Assert.Equal((FailureKind.InputRefused, false), (refused.Kind, refused.IsTransient));
        Assert.Contains("at most 3.7 MB", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Run.Arrived(Operation.Create));
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Submit_ImageCannotBeRead_WasProvablyNotSent()
    {
        var request = Request with { ReferenceImage = new ReferenceImage("image/png", _ => throw new IOException("The disk is away.")) };

        var unread = await Assert.ThrowsAsync<VideoProviderException>(() => Run.SubmitAsync(request));

        Assert.Equal((FailureKind.Storage, true), (unread.Kind, unread.IsTransient));
        Assert.Empty(Run.Arrived(Operation.Create));
    }

    [Theory]
    [InlineData("PENDING", ProviderJobState.Waiting)]
    [InlineData("THROTTLED", ProviderJobState.Waiting)]
    [InlineData("RUNNING", ProviderJobState.Running)]
    [InlineData("SUCCEEDED", ProviderJobState.Finished)]
    [InlineData("FAILED", ProviderJobState.Failed)]
    [InlineData("CANCELLED", ProviderJobState.Cancelled)]
    [InlineData("UPSCALING", ProviderJobState.Running)]
    [Trait("Req", "R-11")]
    public async Task Check_EveryWord_IsMapped(string word, ProviderJobState expected)
    {
        var job = await CheckAnsweredWithAsync($$"""{"id":"t","status":"{{word}}"}""");

        Assert.Equal((expected, word, expected is ProviderJobState.Failed), (job.State, job.RawStatus, job.Failure is not null));
    }

    [Theory]
    [InlineData("SAFETY.INPUT.TEXT", FailureKind.Moderated)]
    [InlineData("SAFETY.INPUT.IMAGE", FailureKind.Moderated)]
    [InlineData("SAFETY.OUTPUT.VIDEO", FailureKind.Moderated)]
    [InlineData("INTERNAL.BAD_OUTPUT.CODE01", FailureKind.ProviderError)]
    [InlineData("ASSET.INVALID", FailureKind.ProviderError)]
    [Trait("Req", "R-44")]
    public async Task Check_EveryFailure_HasItsKind(string code, FailureKind expected)
    {
        var job = await CheckAnsweredWithAsync(
            $$"""{"id":"t","status":"FAILED","failureCode":"{{code}}","failure":"No good: {{RemoteVendor.Key}} https://a.example/b?sig=c"}""");

        Assert.Equal(expected, job.Failure!.Kind);
        Assert.Equal($"{code}: No good: [removed] https://a.example/b?[removed]", job.Failure.Detail);
    }

    [Fact]
    [Trait("Req", "R-13")]
    public async Task Check_Running_HasTheProgressAsAShare()
    {
        var job = await CheckAnsweredWithAsync("""{"id":"t","status":"RUNNING","progress":0.62}""");

        Assert.Equal(0.62, job.Progress);
    }

    [Fact]
    public async Task Check_SeveralFiles_AreCounted()
    {
        var job = await CheckAnsweredWithAsync("""{"id":"t","status":"SUCCEEDED","output":["https://a.example/1","https://a.example/2"]}""");

        Assert.Equal(2, job.ResultCount);
    }

    [Fact]
    public async Task Cancel_Running_StopsIt()
    {
        var id = await Run.SubmitAsync(Request);

        await Run.Provider.CancelAsync(id, CancellationToken.None);

        var sent = Assert.Single(Run.Arrived(Operation.Cancel));
        Assert.Equal(("DELETE", $"/v1/tasks/{id}"), (sent.Method, sent.Path));
        Assert.Equal(ProviderJobState.Cancelled, (await Run.CheckAsync(id)).State);
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
    public Task Cancel_Unknown_IsQuiet() => Run.Provider.CancelAsync("no-such-task", CancellationToken.None);
}
