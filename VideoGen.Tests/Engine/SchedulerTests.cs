using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Media;
using VideoGen.Tests.Providers;
using VideoGen.Web.Jobs;

namespace VideoGen.Tests.Engine;

/// <summary>The engine as it is run: hosted, with its real scheduler and the real clock.</summary>
[Trait("Req", "R-10")]
public abstract class SchedulerTests(TestDatabase database) : EngineTests(database)
{
    private static readonly Dictionary<string, string?> RareLooks = new(StringComparer.Ordinal) { ["Engine:PollInterval"] = "00:30:00" };

    [Fact]
    public async Task Schedule_EachStepDone_NextOneComesAtOnce()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path), settings: RareLooks, clock: TimeProvider.System);
        await engine.RunAsync();

        var created = await engine.Get<CreateJobsCommand>().ExecuteAsync(OwnerId, RequestSamples.Request, CancellationToken.None);

        await Eventually.HoldsAsync(async () => (await ReadAsync(created.JobIds[0])).Status == JobStatus.Completed);
        await engine.StopAsync();
    }

    [Fact]
    public async Task Schedule_MoreJobsThanPlaces_NeverAsksMoreThanAHundredAtOnce()
    {
        var (asking, most) = (0, 0);
        var answer = new TaskCompletionSource();
        var provider = new TestVideoProvider(SampleVideo.Mp4Path) { Capabilities = Capabilities(places: 1000) };
        provider.OnCheck = async (_, cancellationToken) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref asking));
            await answer.Task.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref asking);
            return TestVideoProvider.Running();
        };
        var engine = Start(provider, settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Engine:PollInterval"] = "00:00:01" }, clock: TimeProvider.System);
        for (var job = 0; job < 120; job++)
        {
            await AddAsync(JobStatus.Generating);
        }

        await engine.RunAsync();
        await Eventually.HoldsAsync(() => engine.Provider.Checked.Distinct(StringComparer.Ordinal).Count() == 100);
        answer.SetResult();
        await Eventually.HoldsAsync(() => engine.Provider.Checked.Distinct(StringComparer.Ordinal).Count() == 120);
        await engine.StopAsync();

        Assert.Equal(100, most);
    }

    private static void InterlockedMax(ref int most, int seen)
    {
        for (var known = Volatile.Read(ref most); seen > known; known = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, seen, known);
        }
    }

    // Whatever fails in the background is caught, said, and tried again; nothing of it ends the process or is given up (F67).
    [Fact]
    public async Task Schedule_DatabaseFailsForAWhile_GoesOnByItselfAfterwards()
    {
        var often = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Engine:PollInterval"] = "00:00:00.1", ["Engine:ReconcileInterval"] = "00:00:01" };
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path) { OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running()) }, settings: often, clock: TimeProvider.System);
        var log = new AnnouncedErrors();
        engine.Get<ILoggerFactory>().AddProvider(log);
        var job = await AddAsync(JobStatus.Generating);
        await engine.RunAsync();
        await Eventually.HoldsAsync(() => !engine.Provider.Checked.IsEmpty);

        await ExecuteAsync("""ALTER TABLE "Jobs" RENAME TO "JobsElsewhere";""");
        await log.SaidAsync("ReconcileJob failed", times: 3);
        await ExecuteAsync("""ALTER TABLE "JobsElsewhere" RENAME TO "Jobs";""");

        engine.Provider.OnCheck = null;
        await Eventually.HoldsAsync(async () => (await ReadAsync(job.Id)).Status == JobStatus.Completed);
        await engine.StopAsync();
    }

    private async Task ExecuteAsync(string statement)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        await db.Database.ExecuteSqlRawAsync(statement);
    }
}

public sealed class SchedulerSqliteTests(SqliteDatabase database) : SchedulerTests(database), IClassFixture<SqliteDatabase>;

public sealed class SchedulerPostgresTests(PostgresDatabase database) : SchedulerTests(database), IClassFixture<PostgresDatabase>;
