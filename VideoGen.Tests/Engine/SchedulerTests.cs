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
}

public sealed class SchedulerSqliteTests(SqliteDatabase database) : SchedulerTests(database), IClassFixture<SqliteDatabase>;

public sealed class SchedulerPostgresTests(PostgresDatabase database) : SchedulerTests(database), IClassFixture<PostgresDatabase>;
