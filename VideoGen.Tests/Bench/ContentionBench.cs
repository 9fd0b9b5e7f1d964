using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Web.Gallery;
using VideoGen.Web.Jobs;

namespace VideoGen.Tests.Bench;

/// <summary>
/// Thirty-two writers on one SQLite file while pages read it: how long a write takes, and whether anybody is ever turned away (G18).
/// Run by scripts/bench; VIDEOGEN_CONTENTION_SECONDS sets how long, 300 in the contract.
/// </summary>
[Trait("Category", "Bench")]
[Trait("Req", "R-16")]
public sealed class ContentionBench(SqliteDatabase database, ITestOutputHelper output) : EngineTests(database), IClassFixture<SqliteDatabase>
{
    private const int Writers = 32;
    private const int Readers = 4;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(int.Parse(
        Environment.GetEnvironmentVariable("VIDEOGEN_CONTENTION_SECONDS") ?? "60", CultureInfo.InvariantCulture));

    [Fact]
    public async Task Writes_ByThirtyTwoAtOnceWhilePagesRead_AreNeverTurnedAway()
    {
        var engine = Start();
        var jobs = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => AddAsync(JobStatus.Generating)));
        using var ending = new CancellationTokenSource(Duration);
        var (writes, reads, refused) = (new ConcurrentBag<double>(), new ConcurrentBag<double>(), new ConcurrentBag<string>());

        await Task.WhenAll(
        [
            .. jobs.Select(job => Task.Run(() => RepeatAsync(() => WriteAsync(job.Id), writes, refused, ending.Token))),
            .. Enumerable.Range(0, Readers).Select(_ => Task.Run(() => RepeatAsync(() => ReadPagesAsync(engine), reads, refused, ending.Token))),
        ]);

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"writers={Writers} seconds={Duration.TotalSeconds:0} writes={writes.Count} ({writes.Count / Duration.TotalSeconds:0}/s) write p50={Percentile(writes, 0.5):0.0} ms p99={Percentile(writes, 0.99):0.0} ms max={writes.Max():0.0} ms reads={reads.Count} read p99={Percentile(reads, 0.99):0.0} ms refused={refused.Count}"));
        Assert.Empty(refused);
        foreach (var job in jobs)
        {
            Assert.NotEqual(0, (await ReadAsync(job.Id)).Setbacks);
        }
    }

    private async Task WriteAsync(Guid jobId)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var job = await db.Jobs.SingleAsync(row => row.Id == jobId);
        job.Postpone(Clock.Now);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private async Task ReadPagesAsync(EngineHarness engine)
    {
        await engine.Get<MyJobsQuery>().RunAsync(OwnerId, Clock.Now, CancellationToken.None);
        await engine.Get<GalleryQuery>().RunAsync(OwnerId, default, 60, CancellationToken.None);
    }

    private static async Task RepeatAsync(Func<Task> act, ConcurrentBag<double> took, ConcurrentBag<string> refused, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                await act();
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            catch (SqliteException ex)
            {
                refused.Add(ex.Message);
            }
        }
    }

    private static double Percentile(ConcurrentBag<double> values, double share) => values.Order().ElementAt((int)((values.Count - 1) * share));
}
