using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Web.Jobs;

namespace VideoGen.Tests.Jobs;

public abstract class JobQueryTests(TestDatabase database) : EngineTests(database)
{
    [Fact]
    [Trait("Req", "R-43")]
    public async Task Run_OwnJob_TellsItsWholeHistoryNewestFirst()
    {
        var job = await AddAsync(JobStatus.Failed);

        var details = await RunAsync(OwnerId, job.Id);

        Assert.NotNull(details);
        Assert.Equal([JobStatus.Failed, JobStatus.Generating, JobStatus.Submitting, JobStatus.Queued], details.History.Select(entry => entry.To));
        Assert.Equal("Poller, Poller, Poller, Test person", string.Join(", ", details.History.Select(entry => entry.Who)));
        Assert.Equal("The provider could not make it.", details.Row.FailureMessage);
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Run_ForeignOrUnknownJob_IsMissing()
    {
        var foreign = await AddAsync(JobStatus.Completed, await Database.AddPersonAsync());

        Assert.Null(await RunAsync(OwnerId, foreign.Id));
        Assert.Null(await RunAsync(OwnerId, Guid.NewGuid()));
    }

    [Theory]
    [Trait("Req", "R-44")]
    [InlineData(true, "raw")]
    [InlineData(false, null)]
    public async Task Run_FailedJob_ReadsTheRawAnswerOnlyWhenAskedTo(bool withProviderDetail, string? expected)
    {
        var job = await AddAsync(JobStatus.Failed);

        var details = await Start().Get<JobQuery>().RunAsync(OwnerId, job.Id, withProviderDetail, CancellationToken.None);

        Assert.Equal(expected, details!.ProviderDetail);
    }

    [Fact]
    [Trait("Req", "R-31")]
    public async Task Settings_OwnJob_AreThoseItWasMadeWith()
    {
        var job = await AddAsync(JobStatus.Completed);

        var settings = await Start().Get<JobSettingsQuery>().RunAsync(OwnerId, job.Id, CancellationToken.None);

        Assert.Equal(
            ("test", "model-1", job.Prompt, new VideoSize(1280, 720), TimeSpan.FromSeconds(4), 30, 7L),
            (settings!.ProviderId, settings.ModelId, settings.Prompt, settings.Size, settings.Duration, settings.FrameRate, settings.Seed));
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Settings_ForeignJob_AreMissing()
    {
        var foreign = await AddAsync(JobStatus.Completed, await Database.AddPersonAsync());

        Assert.Null(await Start().Get<JobSettingsQuery>().RunAsync(OwnerId, foreign.Id, CancellationToken.None));
    }

    [Fact]
    [Trait("Req", "R-13")]
    public async Task UsualTimes_FewPastJobs_AreTheCatalogues()
    {
        await AddFinishedAsync(4, TimeSpan.FromSeconds(10));

        Assert.Equal(new UsualTime(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90)), await UsualAsync(Start(), TimeSpan.FromSeconds(4)));
    }

    [Fact]
    [Trait("Req", "R-13")]
    public async Task UsualTimes_EnoughPastJobs_AreTheirs()
    {
        await AddFinishedAsync(5, TimeSpan.FromSeconds(10));
        var engine = Start();

        Assert.Equal(new UsualTime(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)), await UsualAsync(engine, TimeSpan.FromSeconds(4)));
        Assert.Equal(TimeSpan.FromSeconds(90), (await UsualAsync(engine, TimeSpan.FromSeconds(8))).Max);
    }

    private async Task AddFinishedAsync(int count, TimeSpan took)
    {
        for (var index = 0; index < count; index++)
        {
            var job = JobSamples.In(JobStatus.Generating, OwnerId);
            job.FinishGenerating("done", resultCount: 1, TestClock.Start + took);
            job.Complete("Stored", TestClock.Start + took);
            await Database.AddAsync(job);
        }
    }

    private Task<JobDetails?> RunAsync(Guid ownerId, Guid jobId) =>
        Start().Get<JobQuery>().RunAsync(ownerId, jobId, withProviderDetail: false, CancellationToken.None);

    private static Task<UsualTime> UsualAsync(EngineHarness engine, TimeSpan duration) =>
        engine.Get<UsualTimesQuery>().RunAsync("test", "model-1", duration, CancellationToken.None);
}

public sealed class JobQuerySqliteTests(SqliteDatabase database) : JobQueryTests(database), IClassFixture<SqliteDatabase>;

public sealed class JobQueryPostgresTests(PostgresDatabase database) : JobQueryTests(database), IClassFixture<PostgresDatabase>;
