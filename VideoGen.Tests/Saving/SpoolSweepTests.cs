using Microsoft.Extensions.Logging.Abstractions;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Jobs;
using VideoGen.Web.Saving;

namespace VideoGen.Tests.Saving;

public sealed class SpoolSweepTests(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    private readonly Spool _spool = new(database.DataFolder);

    [Fact]
    [Trait("Req", "R-16")]
    [Trait("Req", "R-23")]
    public async Task Sweep_KeepsTheResultsThatAreStillToBeStored()
    {
        var owner = await database.AddPersonAsync();
        var saving = await database.AddAsync(JobSamples.In(JobStatus.Saving, owner));
        var storeDown = JobSamples.In(JobStatus.Saving, owner);
        storeDown.Fail(new JobFailure(FailureKind.Storage, "The store is down."), TestClock.Start);
        await database.AddAsync(storeDown);
        var badMedia = JobSamples.In(JobStatus.Saving, owner);
        badMedia.Fail(new JobFailure(FailureKind.BadMedia, "No video."), TestClock.Start);
        await database.AddAsync(badMedia);
        var queued = await database.AddAsync(JobSamples.In(JobStatus.Queued, owner));
        var cancelled = await database.AddAsync(JobSamples.In(JobStatus.Cancelled, owner));
        var completed = await database.AddAsync(JobSamples.In(JobStatus.Completed, owner));
        var interrupted = await database.AddAsync(JobSamples.In(JobStatus.Saving, owner));
        foreach (var id in new[] { saving.Id, storeDown.Id, badMedia.Id, queued.Id, cancelled.Id, completed.Id, Guid.NewGuid() })
        {
            Write(id, ".ready", ".json", ".jpg", ".part");
        }

        Write(interrupted.Id, ".json", ".jpg", ".part", ".jpg.part", ".json.part");
        await File.WriteAllBytesAsync(Path.Combine(database.DataFolder.Spool, "upload-1.part"), [1]);
        await File.WriteAllBytesAsync(Path.Combine(database.DataFolder.Spool, "readme.txt"), [1]);

        await new SpoolSweep(_spool, database.Contexts, NullLogger<SpoolSweep>.Instance).StartingAsync(CancellationToken.None);

        var left = Directory.EnumerateFiles(database.DataFolder.Spool).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
        string[] expected = [.. NamesOf(saving.Id), .. NamesOf(storeDown.Id), "readme.txt"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), left);
    }

    private static string[] NamesOf(Guid jobId) => [$"{jobId:N}-0.jpg", $"{jobId:N}-0.json", $"{jobId:N}-0.ready"];

    private void Write(Guid jobId, params string[] endings)
    {
        foreach (var ending in endings)
        {
            File.WriteAllBytes(_spool.SlotOf(jobId, 0).Prefix + ending, [1]);
        }
    }
}
