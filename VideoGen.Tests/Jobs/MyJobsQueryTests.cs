using VideoGen.Domain.Jobs;
using VideoGen.Domain.Progress;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Web.Jobs;

namespace VideoGen.Tests.Jobs;

public abstract class MyJobsQueryTests(TestDatabase database) : EngineTests(database)
{
    [Fact]
    public async Task Run_NoJobs_IsEmpty() => Assert.True((await RunAsync()).IsEmpty);

    [Fact]
    [Trait("Req", "R-13")]
    public async Task Run_JobInEachStatus_SortsThemByWhatThePersonCanDo()
    {
        foreach (var status in Enum.GetValues<JobStatus>())
        {
            await AddAsync(status);
        }

        var jobs = await RunAsync();

        Assert.Equal([JobStatus.Failed, JobStatus.Unconfirmed], jobs.NeedsYou.Select(row => row.Status).Order(StatusNames));
        Assert.Equal([JobStatus.Generating, JobStatus.Saving, JobStatus.Submitting], jobs.Running.Select(row => row.Status).Order(StatusNames));
        Assert.Equal(JobStatus.Queued, Assert.Single(jobs.Waiting).Status);
        Assert.Equal((3, 1, 0), (jobs.RunningCount, jobs.WaitingCount, jobs.HiddenCount));
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Run_JobsOfSomebodyElse_AreInvisible()
    {
        var other = await Database.AddPersonAsync();
        foreach (var status in Enum.GetValues<JobStatus>())
        {
            var job = await AddAsync(status, other);
            await AddVideoAsync(job);
        }

        Assert.True((await RunAsync()).IsEmpty);
    }

    [Fact]
    public async Task Run_FailureOfTheDayBeforeYesterday_NeedsNobody()
    {
        await AddAsync(JobStatus.Failed);
        Clock.Advance(TimeSpan.FromHours(24));
        Assert.Single((await RunAsync()).NeedsYou);

        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty((await RunAsync()).NeedsYou);
    }

    [Fact]
    [Trait("Req", "R-13")]
    public async Task Run_FullProvider_SaysPlacesInTheFairOrder()
    {
        var other = await Database.AddPersonAsync();
        await AddAsync(JobStatus.Generating);
        var mine = await Database.AddAsync(new GenerationJob(JobSamples.Order(OwnerId), Clock.Now));
        await Database.AddAsync(new GenerationJob(JobSamples.Order(other), Clock.Now.AddSeconds(1)));

        var place = Assert.Single((await RunAsync(atOnce: 1)).Waiting).Place;

        // I already have one running there, so the other goes first although mine has waited longer.
        Assert.Equal(new QueuePlace(2, AtOnce: 1, HasRoom: false), place);
        Assert.NotEqual(default, mine.Id);
    }

    [Fact]
    public async Task Run_ProviderWithRoom_SaysSo()
    {
        await AddAsync(JobStatus.Queued);

        Assert.Equal(new QueuePlace(1, AtOnce: 3, HasRoom: true), Assert.Single((await RunAsync(atOnce: 3)).Waiting).Place);
    }

    [Fact]
    public async Task Run_MoreActiveJobsThanRows_CountsTheRest()
    {
        for (var index = 0; index < MyJobsQuery.MostRows + 12; index++)
        {
            await AddAsync(JobStatus.Queued);
        }

        var jobs = await RunAsync();

        Assert.Equal((MyJobsQuery.MostRows, 12), (jobs.Waiting.Count, jobs.HiddenCount));
    }

    [Fact]
    [Trait("Req", "R-13")]
    public async Task Run_NoReportedProgress_EstimatesFromTheUsualTime()
    {
        await AddAsync(JobStatus.Generating);
        Clock.Advance(TimeSpan.FromSeconds(30));

        var progress = Assert.Single((await RunAsync()).Running).Progress;

        // Half of the 60 s in the middle of the catalogue's 30 to 90.
        Assert.Equal((0.5, ProgressSource.Estimated), (progress!.Fraction, progress.Source));
    }

    [Fact]
    public async Task Run_FinishedVideos_AreThoseOfToday()
    {
        var job = await AddAsync(JobStatus.Completed);
        await AddVideoAsync(job);
        var query = Start().Get<MyJobsQuery>();

        var today = await query.RunAsync(OwnerId, TestClock.Start, CancellationToken.None);
        var tomorrow = await query.RunAsync(OwnerId, TestClock.Start.AddTicks(1), CancellationToken.None);

        Assert.Equal("Ein Fuchs läuft durch den Schnee 🦊", Assert.Single(today.Finished).Title);
        Assert.Empty(tomorrow.Finished);
    }

    private static readonly Comparer<JobStatus> StatusNames = Comparer<JobStatus>.Create((one, other) => string.CompareOrdinal(one.ToString(), other.ToString()));

    private async Task AddVideoAsync(GenerationJob job)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        db.Videos.Add(JobSamples.VideoOf(job));
        await db.SaveChangesAsync();
    }

    private Task<MyJobs> RunAsync(int atOnce = 100) =>
        Start(new ProviderCapabilities { Address = "http://provider.test", CanCancel = true, SubmissionLookup = SubmissionLookup.None, MaxConcurrentJobs = atOnce })
            .Get<MyJobsQuery>()
            .RunAsync(OwnerId, TestClock.Start.AddHours(-1), CancellationToken.None);
}

public sealed class MyJobsQuerySqliteTests(SqliteDatabase database) : MyJobsQueryTests(database), IClassFixture<SqliteDatabase>;

public sealed class MyJobsQueryPostgresTests(PostgresDatabase database) : MyJobsQueryTests(database), IClassFixture<PostgresDatabase>;
