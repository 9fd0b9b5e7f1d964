using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Simulator.Media;
using VideoGen.Simulator.Misbehaving;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers;

/// <summary>What the engine relies on, whichever vendor it is.</summary>
public abstract class RemoteProviderTests : IAsyncLifetime
{
    private protected const string Prompt = "A heron lands on a frozen lake";

    private protected RemoteRun Run { get; private set; } = default!;

    private protected abstract RemoteVendor Vendor { get; }

    private protected abstract string Model { get; }

    private protected abstract FailureKind KindOfNoCredit { get; }

    private protected VideoRequest Request => new()
    {
        SubmitKey = "0192f0aa-1",
        ModelId = Model,
        Prompt = Prompt,
        Size = new VideoSize(1280, 720),
        Duration = TimeSpan.FromSeconds(5),
    };

    public async ValueTask InitializeAsync() => Run = await RemoteRun.StartAsync(Vendor);

    public async ValueTask DisposeAsync()
    {
        await Run.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    [Trait("Req", "R-11")]
    public async Task Check_WholeLife_IsToldInOurWords()
    {
        var id = await Run.SubmitAsync(Request);
        var waiting = await Run.CheckAsync(id);
        Run.Clock.Advance(RemoteRun.GenerationTime / 2);
        var running = await Run.CheckAsync(id);
        Run.Clock.Advance(RemoteRun.GenerationTime / 2);
        var finished = await Run.CheckAsync(id);

        Assert.Equal((ProviderJobState.Waiting, ProviderJobState.Running, ProviderJobState.Finished), (waiting.State, running.State, finished.State));
        Assert.Equal(1, finished.ResultCount);
        Assert.Null(finished.Failure);
    }

    [Theory]
    [InlineData(nameof(MisbehaviourKind.ResetBeforeRead))]
    [InlineData(nameof(MisbehaviourKind.ResetAfterRead))]
    [InlineData(nameof(MisbehaviourKind.AnswerLost))]
    [InlineData(nameof(MisbehaviourKind.AnswerTruncated))]
    [InlineData(nameof(MisbehaviourKind.AnswerNotJson))]
    [InlineData(nameof(MisbehaviourKind.NoIdInAnswer))]
    [InlineData(nameof(MisbehaviourKind.GzipBomb))]
    [InlineData(nameof(MisbehaviourKind.HugeHeaders))]
    [InlineData(nameof(MisbehaviourKind.ServerError))]
    [InlineData(nameof(MisbehaviourKind.Unavailable))]
    [Trait("Req", "R-16")]
    public async Task Submit_AnswerNotCertain_IsNeverSentAgain(string kind)
    {
        Run.Misbehave(Operation.Create, Enum.Parse<MisbehaviourKind>(kind), times: null);

        var lost = await Assert.ThrowsAsync<AnswerLostException>(() => Run.SubmitAsync(Request));

        Assert.Single(Run.Arrived(Operation.Create));
        Run.AssertDiscreet(lost, Prompt);
    }

    [Fact]
    [Trait("Req", "R-14")]
    public async Task Submit_AskedToSlowDown_SaysForHowLong()
    {
        Run.Simulator.Misbehave(new MisbehaviourRule
        {
            Kind = MisbehaviourKind.RateLimited,
            Dialect = Vendor.Id,
            Operation = Operation.Create,
            RetryAfter = VideoGen.Simulator.Misbehaving.RetryAfter.Seconds,
        });

        var refused = await Assert.ThrowsAsync<VideoProviderException>(() => Run.SubmitAsync(Request));

        Assert.Equal((FailureKind.RateLimited, true, TimeSpan.FromSeconds(2)), (refused.Kind, refused.IsTransient, refused.RetryAfter));
        Assert.Single(Run.Arrived(Operation.Create));
    }

    [Fact]
    [Trait("Req", "R-44")]
    public async Task Submit_KeyRefused_ConcernsTheCredentials()
    {
        Run.Misbehave(Operation.Create, MisbehaviourKind.Unauthorized);

        var refused = await Assert.ThrowsAsync<VideoProviderException>(() => Run.SubmitAsync(Request));

        Assert.Equal((FailureKind.Credentials, false), (refused.Kind, refused.IsTransient));
        Run.AssertDiscreet(refused, Prompt);
    }

    [Fact]
    [Trait("Req", "R-44")]
    public async Task Submit_NothingLeftToSpend_IsToldAsTheVendorCan()
    {
        Run.Misbehave(Operation.Create, MisbehaviourKind.QuotaExceeded);

        var refused = await Assert.ThrowsAsync<VideoProviderException>(() => Run.SubmitAsync(Request));

        Assert.Equal(KindOfNoCredit, refused.Kind);
        Assert.Single(Run.Arrived(Operation.Create));
    }

    [Fact]
    [Trait("Req", "R-44")]
    public async Task Submit_BadInput_IsRefusedForGood()
    {
        var refused = await Assert.ThrowsAsync<VideoProviderException>(() => Run.SubmitAsync(Request with { Duration = TimeSpan.FromSeconds(77) }));

        Assert.Equal((FailureKind.InputRefused, false), (refused.Kind, refused.IsTransient));
        Run.AssertDiscreet(refused, Prompt);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Submit_NobodyListens_WasProvablyNotSent()
    {
        await Run.Simulator.RefuseConnectionsAsync(Vendor.Id);

        var down = await Assert.ThrowsAsync<VideoProviderException>(() => Run.SubmitAsync(Request));

        Assert.Equal((FailureKind.ProviderDown, true), (down.Kind, down.IsTransient));
        Assert.Empty(Run.Arrived(Operation.Create));
    }

    [Theory]
    [InlineData(nameof(MisbehaviourKind.RateLimited), FailureKind.RateLimited)]
    [InlineData(nameof(MisbehaviourKind.ServerError), FailureKind.ProviderDown)]
    [InlineData(nameof(MisbehaviourKind.Unavailable), FailureKind.ProviderDown)]
    [InlineData(nameof(MisbehaviourKind.ResetAfterRead), FailureKind.ProviderDown)]
    [InlineData(nameof(MisbehaviourKind.AnswerTruncated), FailureKind.ProviderDown)]
    [InlineData(nameof(MisbehaviourKind.AnswerNotJson), FailureKind.ProviderDown)]
    [InlineData(nameof(MisbehaviourKind.GzipBomb), FailureKind.ProviderDown)]
    [InlineData(nameof(MisbehaviourKind.Unauthorized), FailureKind.Credentials)]
    [Trait("Req", "R-14")]
    public async Task Check_Trouble_MayPass(string kind, FailureKind expected)
    {
        var id = await Run.SubmitAsync(Request);
        Run.Misbehave(Operation.Check, Enum.Parse<MisbehaviourKind>(kind));

        var trouble = await Assert.ThrowsAsync<VideoProviderException>(() => Run.CheckAsync(id));

        Assert.Equal((expected, true), (trouble.Kind, trouble.IsTransient));
        Run.AssertDiscreet(trouble, Prompt);
        Assert.Equal(ProviderJobState.Waiting, (await Run.CheckAsync(id)).State);
    }

    [Fact]
    [Trait("Req", "R-14")]
    public async Task Check_JobNotFound_IsLost()
    {
        var id = await Run.SubmitAsync(Request);
        Run.Misbehave(Operation.Check, MisbehaviourKind.JobLost);

        var lost = await Assert.ThrowsAsync<VideoProviderException>(() => Run.CheckAsync(id));

        Assert.Equal((FailureKind.LostAtProvider, false, "Job not found - it may have expired."), (lost.Kind, lost.IsTransient, lost.Message));
    }

    [Fact]
    [Trait("Req", "R-11")]
    public async Task Check_UnknownWord_StillRunsAndIsLogged()
    {
        Run.Misbehave(Operation.Create, MisbehaviourKind.UnknownStatusWord);
        var job = await Run.CheckAsync(await Run.SubmitAsync(Request));

        Assert.Equal((ProviderJobState.Running, "contemplating"), (job.State, job.RawStatus));
        Assert.Contains(Run.Log, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("contemplating", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_UnknownFields_AreIgnored()
    {
        Run.Misbehave(Operation.Create, MisbehaviourKind.ExtraFields);
        Run.Misbehave(Operation.Check, MisbehaviourKind.ExtraFields);

        Assert.Equal(ProviderJobState.Waiting, (await Run.CheckAsync(await Run.SubmitAsync(Request))).State);
    }

    [Theory]
    [InlineData(nameof(MisbehaviourKind.Moderated), FailureKind.Moderated)]
    [InlineData(nameof(MisbehaviourKind.Failed), FailureKind.ProviderError)]
    [Trait("Req", "R-44")]
    public async Task Check_EndedWithoutAResult_SaysWhy(string kind, FailureKind expected)
    {
        Run.Misbehave(Operation.Create, Enum.Parse<MisbehaviourKind>(kind));

        var job = await Run.CheckAsync(await Run.SubmitFinishedAsync(Request));

        Assert.Equal((ProviderJobState.Failed, expected), (job.State, job.Failure?.Kind));
        Assert.NotEmpty(job.Failure!.Detail!);
    }

    [Fact]
    [Trait("Req", "R-22")]
    public async Task OpenResult_Finished_IsTheVideoFetchedWithoutTheKey()
    {
        var id = await Run.SubmitFinishedAsync(Request);

        var bytes = await Run.FetchAsync(id);

        Assert.Equal(await File.ReadAllBytesAsync(await SampleVideos.OfAsync(Run.Simulator.Jobs.Find(Vendor.Id, id)!)), bytes);
        Assert.Null(Assert.Single(Run.Fetched()).CredentialHeader);
        Run.AssertDiscreet(exception: null, Prompt);
    }

    [Fact]
    [Trait("Req", "R-22")]
    public async Task OpenResult_LinkExpired_AsksForAFreshOne()
    {
        var id = await Run.SubmitFinishedAsync(Request);
        Run.Simulator.Misbehave(new MisbehaviourRule { Kind = MisbehaviourKind.LinkExpired, Operation = Operation.Content });

        Assert.NotEmpty(await Run.FetchAsync(id));

        Assert.Equal((2, 2), (Run.Arrived(Operation.Check).Count, Run.Fetched().Count));
    }

    [Fact]
    [Trait("Req", "R-22")]
    public async Task OpenResult_FileNotThereYet_IsMissingForNow()
    {
        var id = await Run.SubmitFinishedAsync(Request);
        Run.Simulator.Misbehave(new MisbehaviourRule { Kind = MisbehaviourKind.ResultNotReady, Operation = Operation.Content, Times = null });

        var missing = await Assert.ThrowsAsync<VideoProviderException>(() => Run.FetchAsync(id));

        Assert.Equal((FailureKind.LostAtProvider, true, true), (missing.Kind, missing.IsTransient, missing.IsResultMissing));
        Run.AssertDiscreet(missing, Prompt);
    }

    [Fact]
    [Trait("Req", "R-22")]
    public async Task OpenResult_NoLinkNamed_IsMissingForNow()
    {
        var id = await Run.SubmitAsync(Request);

        var missing = await Assert.ThrowsAsync<VideoProviderException>(() => Run.FetchAsync(id));

        Assert.True(missing is { IsTransient: true, IsResultMissing: true });
    }

    [Fact]
    public async Task Release_Finished_DeletesNothing()
    {
        var id = await Run.SubmitFinishedAsync(Request);

        await Run.Provider.ReleaseAsync(id, CancellationToken.None);

        Assert.NotEmpty(await Run.FetchAsync(id));
    }

    private protected VideoRequest RequestWith(byte[] image, string mediaType = "image/png") =>
        Request with { ReferenceImage = new ReferenceImage(mediaType, _ => Task.FromResult<Stream>(new MemoryStream(image))) };

    /// <summary>How a job stands when the vendor answers exactly this.</summary>
    private protected async Task<ProviderJob> CheckAnsweredWithAsync(string json)
    {
        await using var app = Vendor.Build(new Uri("http://vendor.invalid"), Run.Clock, new ConcurrentQueue<string>(), _ => RemoteVendor.Json(json));
        return await app.Services.GetRequiredService<IVideoProvider>().CheckAsync("any", CancellationToken.None);
    }

    private protected static void AssertJson(string expected, string? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual!)), $"Expected {expected}\nbut was {actual}");
}
