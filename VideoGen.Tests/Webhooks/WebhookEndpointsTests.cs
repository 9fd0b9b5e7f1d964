using System.Net;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Providers;
using VideoGen.Web.Webhooks;

namespace VideoGen.Tests.Webhooks;

/// <summary>What comes in from outside makes the engine look, and does nothing else.</summary>
[Trait("Req", "R-63")]
public sealed class WebhookEndpointsTests(WebhookStudio studio) : IClassFixture<WebhookStudio>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("video.completed")]
    [InlineData("video.failed")]
    [InlineData("something.new")]
    public async Task Message_Verified_MakesTheEngineLookAtOnce(string type)
    {
        var job = await studio.AddJobAsync();

        Assert.Equal(HttpStatusCode.NoContent, await studio.SendAsync(studio.MessageOf(job, type)));

        Assert.Equal(1, await studio.SummonsAsync(job));
        Assert.Equal(JobStatus.Generating, (await studio.ReadAsync(job)).Status);
    }

    [Fact]
    public async Task Message_SecretOfSomebodyElse_IsRefusedAndNobodyLooks()
    {
        var job = await studio.AddJobAsync();
        var forged = studio.MessageOf(job) with { Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" };

        Assert.Equal(HttpStatusCode.Unauthorized, await studio.SendAsync(forged));
        Assert.Equal(HttpStatusCode.Unauthorized, await studio.SendHintAsync("/webhooks/openai", forged.Body));

        Assert.Equal(0, await studio.SummonsAsync(job));
        Assert.Single((await studio.ReadAsync(job)).Events, entry => entry.To is JobStatus.Generating);
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public async Task Message_FarFromOurTime_IsRefused(int seconds)
    {
        var job = await studio.AddJobAsync();
        var message = studio.MessageOf(job) with { At = studio.Clock.Now.AddSeconds(seconds) };

        Assert.Equal(HttpStatusCode.Unauthorized, await studio.SendAsync(message));
        Assert.Equal(0, await studio.SummonsAsync(job));
    }

    [Fact]
    public async Task Message_DeliveredAgain_IsLookedIntoOnce()
    {
        var job = await studio.AddJobAsync();
        var message = studio.MessageOf(job);

        await studio.SendAsync(message);
        Assert.Equal(HttpStatusCode.NoContent, await studio.SendAsync(message));
        studio.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.NoContent, await studio.SendAsync(message with { At = studio.Clock.Now }));
        Assert.Equal(1, await studio.SummonsAsync(job));

        await studio.SendAsync(studio.MessageOf(job));
        Assert.Equal(2, await studio.SummonsAsync(job));
    }

    [Fact]
    public async Task Message_CapturedFromAClockAheadOfOurs_CannotBePlayedAgain()
    {
        var job = await studio.AddJobAsync();
        var message = studio.MessageOf(job) with { At = studio.Clock.Now + StandardWebhook.Tolerance };
        await studio.SendAsync(message);

        studio.Clock.Advance((StandardWebhook.Tolerance * 2) - Second);
        Assert.Equal(HttpStatusCode.NoContent, await studio.SendAsync(message));
        Assert.Equal(1, await studio.SummonsAsync(job));

        studio.Clock.Advance(Second + Second);
        Assert.Equal(HttpStatusCode.Unauthorized, await studio.SendAsync(message));
    }

    [Theory]
    [InlineData("""{"data":{"id":"video_of_somebody_else"}}""")]
    [InlineData("""{"data":{}}""")]
    [InlineData("no JSON")]
    [InlineData("")]
    public async Task Message_AboutNothingOfOurs_IsTakenAllTheSame(string body)
    {
        var message = new SignedMessage($"evt_{Guid.NewGuid():N}", studio.Clock.Now, body, WebhookStudio.Secret);

        Assert.Equal(HttpStatusCode.NoContent, await studio.SendAsync(message));
    }

    [Fact]
    public async Task Message_JobOfAnotherProvider_IsNotLookedAt()
    {
        var job = await studio.AddJobAsync(providerId: "azure-openai");

        Assert.Equal(HttpStatusCode.NoContent, await studio.SendAsync(studio.MessageOf(job)));
        Assert.Equal(0, await studio.SummonsAsync(job));
    }

    [Fact]
    public async Task Message_JobHasEnded_IsNotLookedAt()
    {
        var job = await studio.AddJobAsync(then: job => job.Fail(new JobFailure(FailureKind.TimedOut, "No sign of life."), studio.Clock.Now));

        Assert.Equal(HttpStatusCode.NoContent, await studio.SendAsync(studio.MessageOf(job)));
        Assert.Equal(0, await studio.SummonsAsync(job));
    }

    [Fact]
    [Trait("Req", "R-14")]
    public async Task Message_ProviderAskedUsToSlowDown_JobStaysAtRest()
    {
        var job = await studio.AddJobAsync(then: job => job.Postpone(studio.Clock.Now + Second));
        await studio.SendAsync(studio.MessageOf(job));

        await studio.StepAsync(job);
        Assert.DoesNotContain(job.ProviderJobId, studio.Videos.Checked, StringComparer.Ordinal);

        studio.Clock.Advance(Second);
        await studio.StepAsync(job);
        Assert.Contains(job.ProviderJobId, studio.Videos.Checked, StringComparer.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-24")]
    public async Task Message_EarlyAndLateAndTwice_NeverMovesTheJobAndNeverMakesTwoVideos()
    {
        var job = await studio.AddJobAsync();
        studio.Videos.OnCheck = (id, _) => Task.FromResult(
            string.Equals(id, job.ProviderJobId, StringComparison.Ordinal) ? TestVideoProvider.Running(0.5) : studio.Videos.Finished());

        // It says "completed"; the provider, asked, says "running".
        await studio.SendAsync(studio.MessageOf(job));
        await studio.StepAsync(job);
        var early = await studio.ReadAsync(job);
        Assert.Equal((JobStatus.Generating, 0.5), (early.Status, early.Progress));

        // A poll and two webhooks at the same moment.
        studio.Videos.OnCheck = null;
        await Task.WhenAll(studio.SendAsync(studio.MessageOf(job)), studio.SendAsync(studio.MessageOf(job)));
        await Task.WhenAll(studio.StepAsync(job), studio.StepAsync(job), studio.StepAsync(job));
        await Task.WhenAll(studio.StepAsync(job), studio.StepAsync(job), studio.StepAsync(job));

        // Whichever of them stood in another's way comes back after its rest.
        studio.Clock.Advance(TimeSpan.FromMinutes(1));
        await studio.StepAsync(job);
        var video = Assert.Single(await studio.VideosAsync(job));

        // It says "failed", too late.
        await studio.SendAsync(studio.MessageOf(job, "video.failed"));
        await studio.StepAsync(job);
        var stored = await studio.ReadAsync(job);
        Assert.Equal(JobStatus.Completed, stored.Status);
        Assert.Single(stored.Events, entry => entry.To is JobStatus.Completed);
        Assert.Equal(video.Id, Assert.Single(await studio.VideosAsync(job)).Id);
    }

    [Theory]
    [InlineData("/webhooks/nobody")]
    [InlineData("/webhooks/azure-openai")]
    [InlineData("/webhooks/test")]
    public async Task Message_ProviderWithoutSecret_IsNotFound(string path)
    {
        var job = await studio.AddJobAsync();

        Assert.Equal(HttpStatusCode.NotFound, await studio.SendAsync(studio.MessageOf(job), path));
        Assert.Equal(0, await studio.SummonsAsync(job));
    }

    [Theory]
    [InlineData(WebhookBody.MaxBytes, HttpStatusCode.NoContent)]
    [InlineData(WebhookBody.MaxBytes + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Message_Long_IsReadUpToALimit(int length, HttpStatusCode status)
    {
        var message = new SignedMessage($"evt_{Guid.NewGuid():N}", studio.Clock.Now, new string(' ', length), WebhookStudio.Secret);
        Assert.Equal(status, await studio.SendAsync(message));

        // Without its length in advance.
        using var request = message.To("/webhooks/openai");
        request.Headers.TransferEncodingChunked = true;
        using var answer = await studio.Outside.Client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Answer_ToAnybody_IsShortAndSetsNoCookie()
    {
        var job = await studio.AddJobAsync();
        string[] paths = ["/webhooks/openai", "/webhooks/nobody", studio.HintOf(job), studio.HintOf(job) + "0"];

        foreach (var path in paths)
        {
            using var content = new StringContent("{}");
            using var answer = await studio.Outside.Client.PostAsync(path, content);

            Assert.Equal("", await answer.Content.ReadAsStringAsync());
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Fact]
    public async Task Hint_AddressOfTheAttempt_MakesTheEngineLookAtOnce()
    {
        var job = await studio.AddJobAsync();

        Assert.Equal(HttpStatusCode.OK, await studio.SendHintAsync(studio.HintOf(job), """{"state":"completed","assets":{"video":"https://evil.example/a.mp4"}}"""));

        Assert.Equal(1, await studio.SummonsAsync(job));
        Assert.Equal(JobStatus.Generating, (await studio.ReadAsync(job)).Status);
    }

    [Fact]
    public async Task Hint_AddressThatIsNotOurs_IsNotFound()
    {
        var job = await studio.AddJobAsync();
        var other = await studio.AddJobAsync();
        var parts = studio.HintOf(job).Split('/');
        var token = parts[^2];
        var key = parts[^1];

        Assert.Equal(HttpStatusCode.NotFound, await studio.SendHintAsync($"/webhooks/hints/openai/{new string('A', token.Length)}/{key}"));
        Assert.Equal(HttpStatusCode.NotFound, await studio.SendHintAsync($"/webhooks/hints/luma/{token}/{key}"));
        Assert.Equal(HttpStatusCode.NotFound, await studio.SendHintAsync($"/webhooks/hints/openai/{token}/{other.Attempts[^1].SubmitKey}"));

        Assert.Equal((0, 0), (await studio.SummonsAsync(job), await studio.SummonsAsync(other)));
    }

    [Fact]
    public async Task Hint_AddressForAnotherProvider_IsNotLookedInto()
    {
        var job = await studio.AddJobAsync();

        Assert.Equal(HttpStatusCode.OK, await studio.SendHintAsync(studio.HintOf(job, "luma")));
        Assert.Equal(0, await studio.SummonsAsync(job));
    }

    [Fact]
    public async Task Hint_InQuickSuccession_IsLookedIntoOnceASecond()
    {
        var job = await studio.AddJobAsync();

        await studio.SendHintAsync(studio.HintOf(job));
        await studio.SendHintAsync(studio.HintOf(job));
        Assert.Equal(1, await studio.SummonsAsync(job));

        studio.Clock.Advance(Second);
        await studio.SendHintAsync(studio.HintOf(job));
        Assert.Equal(2, await studio.SummonsAsync(job));
    }

    [Fact]
    public async Task Hint_LongerThanAnybodyReads_CountsAllTheSame()
    {
        var job = await studio.AddJobAsync();

        Assert.Equal(HttpStatusCode.OK, await studio.SendHintAsync(studio.HintOf(job), new string('x', WebhookBody.MaxIgnoredBytes * 2)));
        Assert.Equal(1, await studio.SummonsAsync(job));
    }

    [Fact]
    [Trait("Req", "R-72")]
    public async Task Log_AfterMessagesAndHints_HoldsNothingOfThem()
    {
        const string canary = "canary-prompt-7319";
        var job = await studio.AddJobAsync();
        var body = $$$"""{"data":{"id":"{{{job.ProviderJobId}}}","prompt":"{{{canary}}}"}}""";
        var message = new SignedMessage($"evt_{Guid.NewGuid():N}", studio.Clock.Now, body, WebhookStudio.Secret);

        await studio.SendAsync(message);
        await studio.SendAsync(message with { Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" });
        await studio.SendHintAsync(studio.HintOf(job), body);

        Assert.Contains(studio.Log, line => line.Contains($"news of job {job.Id}", StringComparison.Ordinal));
        Assert.Contains(studio.Log, line => line.Contains("A webhook for openai was refused", StringComparison.Ordinal));
        Assert.DoesNotContain(studio.Log, line => line.Contains(canary, StringComparison.Ordinal) || line.Contains(WebhookStudio.Secret, StringComparison.Ordinal));
    }
}
