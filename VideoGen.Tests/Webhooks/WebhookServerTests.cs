using System.Net;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.App;

namespace VideoGen.Tests.Webhooks;

/// <summary>Webhooks of a server as it runs.</summary>
[Trait("Req", "R-63")]
public sealed class WebhookServerTests
{
    // The policy allows 600; twice that many calls reach it even when a minute ends half-way.
    private const int ManyCalls = 1250;

    [Fact]
    [Trait("Req", "R-24")]
    public async Task Message_ServerRuns_VideoIsThereLongBeforeTheNextPoll()
    {
        await using var studio = new WebhookStudio();
        await studio.InitializeAsync();
        var job = await studio.AddJobAsync();
        await studio.ReleaseSchedulerAsync();

        await studio.SendAsync(studio.MessageOf(job));
        await studio.SendHintAsync(studio.HintOf(job));

        // The clock stands still, and with it everything that is planned for later.
        await Eventually.HoldsAsync(async () => (await studio.ReadAsync(job)).Status is JobStatus.Completed);
        Assert.Single(await studio.VideosAsync(job));
        Assert.Single(studio.Videos.Checked);
    }

    [Fact]
    public async Task Message_BeforeAnybodyHasAnAccountAndTooOften_IsAnsweredAndThenTurnedAway()
    {
        await using var server = await StudioServer.StartAsync();
        using var outside = server.NewVisitor();

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync());
        for (var call = 0; call < ManyCalls && await StatusAsync() is not HttpStatusCode.TooManyRequests; call++)
        {
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await outside.OpenAsync("/")).Status);

        async Task<HttpStatusCode> StatusAsync()
        {
            using var content = new StringContent("{}");
            using var answer = await outside.Client.PostAsync("/webhooks/openai", content);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Start_SecretThatIsNone_EndsWithTheKeysName()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Providers:OpenAI:WebhookSecret"] = "whsec_not base64" };

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => StudioServer.StartAsync(settings));

        Assert.Contains("Providers:OpenAI:WebhookSecret", fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("not base64", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PublicAddressThatIsNone_EndsWithTheKeysName()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Webhooks:PublicAddress"] = "videos.example.org" };

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => StudioServer.StartAsync(settings));

        Assert.Contains("Webhooks:PublicAddress", fault.ToString(), StringComparison.Ordinal);
    }
}
