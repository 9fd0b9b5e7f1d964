using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Models;
using VideoGen.Tests.Providers;
using VideoGen.Web.Gallery;
using VideoGen.Web.Jobs;

namespace VideoGen.Tests.Jobs;

/// <summary>A remix from the person's wish to the one request, and back to what it was made from.</summary>
public abstract class RemixTests(TestDatabase database) : EngineTests(database)
{
    [Fact]
    [Trait("Req", "R-01")]
    public async Task Execute_Remix_SendsItsSourceAndNothingOfAModelsDefaults()
    {
        var engine = StartRemixing();
        var source = await AddAsync(JobStatus.Completed);

        var id = Assert.Single((await ExecuteAsync(engine, source.Id)).JobIds);
        await engine.StepAsync(id);

        var job = await ReadAsync(id);
        Assert.Equal((source.Id, source.ProviderJobId), (job.RemixOfJobId, job.RemixOfProviderJobId));
        Assert.Equal((source.Size, source.Duration, source.FrameRate, null), (job.Size, job.Duration, job.FrameRate, job.Seed));
        var request = Assert.Single(engine.Provider.Submitted);
        Assert.Equal(("At night", source.ProviderJobId), (request.Prompt, request.RemixOf));
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Execute_VideoOfSomebodyElse_LooksLikeAMissingOne()
    {
        var engine = StartRemixing();
        var foreign = await AddAsync(JobStatus.Completed, await Database.AddPersonAsync());

        var refused = Assert.Single((await ExecuteAsync(engine, foreign.Id)).Problems);

        Assert.Equal(RequestField.Remix, refused.Field);
        Assert.Equal(Assert.Single((await ExecuteAsync(engine, Guid.NewGuid())).Problems), refused);
        Assert.Empty(await engine.PlannedAsync());
    }

    [Fact]
    [Trait("Req", "R-06")]
    public async Task Execute_ProviderCannot_IsRefusedWhateverTheCatalogueSays()
    {
        var engine = Start(model: ModelSamples.Model with { CanRemix = true });
        var source = await AddAsync(JobStatus.Completed);

        var refused = Assert.Single((await ExecuteAsync(engine, source.Id)).Problems);

        Assert.Contains("cannot remix", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-10")]
    public async Task Run_SourceIsNoLongerKept_IsSentAllTheSame()
    {
        var engine = StartRemixing();
        var source = await AddAsync(JobStatus.Completed);
        var id = Assert.Single((await ExecuteAsync(engine, source.Id)).JobIds);
        await RemoveAsync(source.Id);

        await engine.StepAsync(id);

        Assert.Equal(source.ProviderJobId, Assert.Single(engine.Provider.Submitted).RemixOf);
        var job = await ReadAsync(id);
        Assert.Equal((JobStatus.Generating, null, source.ProviderJobId), (job.Status, job.RemixOfJobId, job.RemixOfProviderJobId));
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Run_AnswerLost_IsUnconfirmedAndSoughtAsTheSameRemix()
    {
        var engine = StartRemixing();
        var source = await AddAsync(JobStatus.Completed);
        var id = Assert.Single((await ExecuteAsync(engine, source.Id)).JobIds);
        engine.Provider.OnSubmit = (_, _) => throw new IOException("gone");

        await engine.StepAsync(id);
        Assert.Equal(JobStatus.Unconfirmed, (await ReadAsync(id)).Status);
        await engine.StepAsync(id);

        Assert.Single(engine.Provider.Submitted);
        Assert.Equal(source.ProviderJobId, Assert.Single(engine.Provider.Sought).Request.RemixOf);
        Assert.Equal(JobStatus.Unconfirmed, (await ReadAsync(id)).Status);
    }

    [Fact]
    [Trait("Req", "R-31")]
    public async Task Settings_OfARemix_AreThoseOfARemix()
    {
        var engine = StartRemixing();
        var source = await AddAsync(JobStatus.Completed);
        var id = Assert.Single((await ExecuteAsync(engine, source.Id)).JobIds);

        Assert.Equal(source.Id, (await engine.Get<JobSettingsQuery>().RunAsync(OwnerId, id, CancellationToken.None))!.RemixOf);
    }

    [Fact]
    [Trait("Req", "R-30")]
    public async Task Pages_OfARemix_NameWhatItWasMadeFrom()
    {
        var engine = StartRemixing();
        var source = await AddWithVideoAsync(JobSamples.In(JobStatus.Completed, OwnerId));
        var remix = await AddWithVideoAsync(Completed(JobSamples.Order(OwnerId) with { Remix = new RemixSource(source.JobId, "theirs") }));

        var video = await VideoAsync(engine, remix.Id);
        Assert.Equal((source.Id, "Ein Fuchs läuft durch den Schnee 🦊"), (video.RemixOf!.VideoId, video.RemixOf.Title));
        Assert.True(video.CanBeRemixed);
        Assert.Null((await VideoAsync(engine, source.Id)).RemixOf);
        Assert.Equal(video.RemixOf, (await engine.Get<JobQuery>().RunAsync(OwnerId, remix.JobId, withProviderDetail: false, CancellationToken.None))!.RemixOf);

        await RemoveAsync(source.JobId);
        Assert.Equal(new RemixOrigin(VideoId: null, ""), (await VideoAsync(engine, remix.Id)).RemixOf);
    }

    [Fact]
    [Trait("Req", "R-31")]
    public async Task Video_ModelOrProviderCannot_OffersNoRemix()
    {
        var video = await AddWithVideoAsync(JobSamples.In(JobStatus.Completed, OwnerId));
        var retired = ModelSamples.Model with { CanRemix = true, Lifecycle = new(RetiredOn: new DateOnly(2029, 9, 24)) };

        Assert.False((await VideoAsync(Start(Remixing), video.Id)).CanBeRemixed);
        Assert.False((await VideoAsync(Start(model: ModelSamples.Model with { CanRemix = true }), video.Id)).CanBeRemixed);
        Assert.False((await VideoAsync(Start(new TestVideoProvider { Capabilities = Remixing }, retired), video.Id)).CanBeRemixed);
    }

    private static ProviderCapabilities Remixing => Capabilities(SubmissionLookup.Likely) with { CanRemix = true };

    private EngineHarness StartRemixing() => Start(new TestVideoProvider { Capabilities = Remixing }, ModelSamples.Model with { CanRemix = true });

    private Task<CreateJobsResult> ExecuteAsync(EngineHarness engine, Guid source) => engine.Get<CreateJobsCommand>()
        .ExecuteAsync(OwnerId, RequestSamples.Request with { Prompt = "At night", RemixOf = source }, CancellationToken.None);

    private async Task<VideoDetails> VideoAsync(EngineHarness engine, Guid videoId) =>
        (await engine.Get<VideoQuery>().RunAsync(OwnerId, videoId, CancellationToken.None))!;

    private static GenerationJob Completed(JobOrder order)
    {
        var job = new GenerationJob(order, TestClock.Start);
        job.BeginSubmission(JobSamples.Intent, TestClock.Start);
        job.Accept($"provider-{job.Id}", "Accepted", TestClock.Start);
        job.FinishGenerating("done", resultCount: 1, TestClock.Start);
        job.Complete("Stored", TestClock.Start);
        return job;
    }

    private async Task<Domain.Gallery.Video> AddWithVideoAsync(GenerationJob job)
    {
        var video = JobSamples.VideoOf(job);
        await using var db = await Database.Contexts.CreateDbContextAsync();
        db.Jobs.Add(job);
        db.Videos.Add(video);
        await db.SaveChangesAsync();
        return video;
    }

    private async Task RemoveAsync(Guid jobId)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Videos.Where(video => video.JobId == jobId).ExecuteDeleteAsync();
        await db.Jobs.Where(job => job.Id == jobId).ExecuteDeleteAsync();
        await transaction.CommitAsync();
    }
}

public sealed class RemixSqliteTests(SqliteDatabase database) : RemixTests(database), IClassFixture<SqliteDatabase>;

public sealed class RemixPostgresTests(PostgresDatabase database) : RemixTests(database), IClassFixture<PostgresDatabase>;
