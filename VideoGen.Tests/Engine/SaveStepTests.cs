using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Data;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Media;
using VideoGen.Tests.Models;
using VideoGen.Tests.Providers;
using VideoGen.Web.Data;
using VideoGen.Web.Engine;

namespace VideoGen.Tests.Engine;

/// <summary>How a finished result becomes a completed job with its videos.</summary>
[Trait("Req", "R-24")]
public abstract class SaveStepTests(TestDatabase database) : EngineTests(database)
{
    private static readonly byte[] NoVideo = "<html>Not a video</html>"u8.ToArray();

    [Fact]
    public async Task Run_ResultSaved_CompletesWithItsVideosAndHistory()
    {
        var engine = Start();
        engine.Provider.ResultPath = SampleVideo.Mp4Path;
        var job = await AddAsync(JobStatus.Saving);

        Assert.Equal(StepOutcome.Ended, await engine.StepAsync(job.Id));

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Completed, Clock.Now, job.ExpectedCost), (stored.Status, stored.CompletedAt, stored.Cost));
        Assert.Contains(stored.Events, entry => entry.To == JobStatus.Completed);
        var video = Assert.Single(await VideosAsync(job.Id));
        Assert.Equal((OwnerId, 0, new FileInfo(SampleVideo.Mp4Path).Length), (video.OwnerId, video.Index, video.SizeBytes));
        await using var content = await engine.Store.OpenReadAsync(video.StoreKey, CancellationToken.None);
        Assert.Equal(video.SizeBytes, content!.Length);
    }

    [Fact]
    public async Task Run_SeveralResults_MakeAsManyVideos()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path) { ResultCount = 2 });
        var job = await AddAsync(JobStatus.Generating);

        await engine.StepAsync(job.Id);
        await engine.StepAsync(job.Id);

        Assert.Equal([0, 1], (await VideosAsync(job.Id)).Select(video => video.Index).Order());
    }

    [Fact]
    public async Task Run_VideoRowCannotBeWritten_JobIsNotCompletedEither()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path));
        var job = await AddAsync(JobStatus.Saving);
        await AddVideoAsync(JobSamples.VideoOf(job));

        Assert.Equal(StepOutcome.Later, await engine.StepAsync(job.Id));

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Saving, 1, null), (stored.Status, stored.Setbacks, stored.LeaseOwner));
        Assert.DoesNotContain(stored.Events, entry => entry.To == JobStatus.Completed);
        Assert.True(stored.NotBefore > Clock.Now);
        Assert.Empty(engine.Provider.Released);
        Assert.NotEmpty(SpooledFiles(engine, job.Id));
    }

    [Fact]
    [Trait("Req", "R-23")]
    public async Task Run_StoreDown_KeepsTheDownloadAndStoresItLater()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path));
        var job = await AddAsync(JobStatus.Saving);
        engine.Store.IsDown = true;

        Assert.Equal(StepOutcome.Later, await engine.StepAsync(job.Id));
        var waiting = await ReadAsync(job.Id);
        Assert.Equal(JobStatus.Saving, waiting.Status);
        Assert.True(waiting.NotBefore > Clock.Now);
        await engine.StepAsync(job.Id);
        Assert.Equal(1, (await ReadAsync(job.Id)).Setbacks);

        engine.Store.IsDown = false;
        Clock.Advance(waiting.NotBefore.Value - Clock.Now);
        await engine.StepAsync(job.Id);

        Assert.Equal(JobStatus.Completed, (await ReadAsync(job.Id)).Status);
        Assert.Single(engine.Provider.Opened);
    }

    [Fact]
    [Trait("Req", "R-23")]
    public async Task Run_StoreDownForDays_StillWaits()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path));
        var job = await AddAsync(JobStatus.Saving);
        engine.Store.IsDown = true;
        Clock.Advance(TimeSpan.FromDays(3));

        await engine.StepAsync(job.Id);

        Assert.Equal(JobStatus.Saving, (await ReadAsync(job.Id)).Status);
    }

    [Fact]
    [Trait("Req", "R-22")]
    public async Task Run_NoVideo_IsFetchedOnceMoreAndThenFails()
    {
        var engine = Start(new TestVideoProvider { OnOpenResult = (_, _, _) => Task.FromResult(TestVideoProvider.Bytes(NoVideo, NoVideo.Length)) });
        var job = await AddAsync(JobStatus.Saving);

        Assert.Equal(StepOutcome.Ended, await engine.StepAsync(job.Id));

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Failed, FailureKind.BadMedia), (stored.Status, stored.FailureKind));
        Assert.Equal(2, engine.Provider.Opened.Count);
        Assert.Empty(await VideosAsync(job.Id));
    }

    [Fact]
    [Trait("Req", "R-22")]
    public async Task Run_BrokenDownloadAfterOtherTrouble_IsStillFetchedOnceMore()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path));
        var job = await AddAsync(JobStatus.Saving);
        engine.Provider.OnOpenResult = (_, _, _) => throw new VideoProviderException(FailureKind.ProviderDown, "Not ready yet.") { IsTransient = true };
        await engine.StepAsync(job.Id);
        Clock.Advance(TimeSpan.FromMinutes(1));
        var opened = 0;
        engine.Provider.OnOpenResult = (_, _, _) => Task.FromResult(++opened == 1
            ? TestVideoProvider.Bytes(NoVideo, NoVideo.Length)
            : new ProviderResult(File.OpenRead(SampleVideo.Mp4Path), null));

        await engine.StepAsync(job.Id);

        Assert.Equal(JobStatus.Completed, (await ReadAsync(job.Id)).Status);
    }

    [Fact]
    [Trait("Req", "R-21")]
    public async Task Run_ResultNotReady_WaitsLongerEachTimeAndGivesUpAfterADay()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Saving);
        engine.Provider.OnOpenResult = (_, _, _) => throw new VideoProviderException(FailureKind.ProviderDown, "Not ready yet.") { IsTransient = true };
        var last = TimeSpan.Zero;
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            await engine.StepAsync(job.Id);
            var wait = (await ReadAsync(job.Id)).NotBefore!.Value - Clock.Now;
            Assert.True(wait > last, $"Wait {attempt} is {wait}, the one before was {last}.");
            last = wait;
            Clock.Advance(wait);
        }

        Clock.Advance(TimeSpan.FromHours(24));
        await engine.StepAsync(job.Id);

        Assert.Equal(FailureKind.ProviderDown, (await ReadAsync(job.Id)).FailureKind);
    }

    [Fact]
    [Trait("Req", "R-21")]
    public async Task Run_ResultMissing_WaitsAsLongAsItCouldStillAppear()
    {
        var expiry = TimeSpan.FromHours(1);
        var engine = Start(model: ModelSamples.Model with { ResultExpiresAfter = expiry });
        var job = await AddAsync(JobStatus.Saving);
        engine.Provider.OnOpenResult = (_, _, _) => throw Missing();

        foreach (var seconds in new[] { 5, 10, 30, 60, 120, 120 })
        {
            Assert.Equal(StepOutcome.Later, await engine.StepAsync(job.Id));
            var waiting = await ReadAsync(job.Id);
            Assert.Equal((JobStatus.Saving, TimeSpan.FromSeconds(seconds)), (waiting.Status, waiting.NotBefore - Clock.Now));
            Clock.Advance(TimeSpan.FromSeconds(seconds));
        }

        Clock.Advance(job.SavingAt!.Value + expiry - Clock.Now);
        await engine.StepAsync(job.Id);
        Assert.Equal(JobStatus.Saving, (await ReadAsync(job.Id)).Status);

        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(StepOutcome.Ended, await engine.StepAsync(job.Id));
        var lost = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Failed, FailureKind.LostAtProvider, "HTTP 404"), (lost.Status, lost.FailureKind, lost.FailureDetail));
        Assert.Equal(8, engine.Provider.Opened.Count);
    }

    [Fact]
    [Trait("Req", "R-21")]
    public async Task Run_ResultMissingForAWhile_IsFetchedOnceItIsThere()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path));
        var job = await AddAsync(JobStatus.Saving);
        engine.Provider.OnOpenResult = (_, _, _) => throw Missing();
        await engine.StepAsync(job.Id);

        engine.Provider.OnOpenResult = null;
        Clock.Advance(TimeSpan.FromSeconds(5));
        await engine.StepAsync(job.Id);

        Assert.Equal(JobStatus.Completed, (await ReadAsync(job.Id)).Status);
    }

    [Fact]
    public async Task Run_JobGoneAtTheProvider_IsAskedForUntilTheResultWouldHaveExpired()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Saving);
        engine.Provider.OnOpenResult = (_, _, _) => throw No(FailureKind.LostAtProvider);

        await engine.StepAsync(job.Id);
        Assert.Equal(JobStatus.Saving, (await ReadAsync(job.Id)).Status);

        Clock.Advance(TimeSpan.FromHours(25));
        await engine.StepAsync(job.Id);

        Assert.Equal(FailureKind.LostAtProvider, (await ReadAsync(job.Id)).FailureKind);
    }

    [Fact]
    public async Task Run_Completed_ReleasesProviderAndSpoolAfterwards()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path));
        var job = await AddAsync(JobStatus.Saving);
        JobStatus? seen = null;
        engine.Provider.OnRelease = async (_, _) => seen = (await ReadAsync(job.Id)).Status;

        await engine.StepAsync(job.Id);

        Assert.Equal(JobStatus.Completed, seen);
        Assert.Equal(Clock.Now, (await ReadAsync(job.Id)).ReleasedAt);
        Assert.Empty(SpooledFiles(engine, job.Id));
    }

    [Fact]
    [Trait("Req", "R-72")]
    public async Task Run_ServerStopsWhileSaving_StaysSavingAndFree()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path));
        var job = await AddAsync(JobStatus.Saving);
        using var stopping = new CancellationTokenSource();
        engine.Store.OnPut = (_, _) => stopping.CancelAsync();

        Assert.Equal(StepOutcome.Later, await engine.StepAsync(job.Id, stopping.Token));

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Saving, null, 0), (stored.Status, stored.LeaseUntil, stored.Setbacks));

        engine.Store.OnPut = null;
        await engine.StepAsync(job.Id);
        Assert.Equal(JobStatus.Completed, (await ReadAsync(job.Id)).Status);
        Assert.Single(engine.Provider.Opened);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Run_TakesLongerThanALease_KeepsTheJob()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path));
        var job = await AddAsync(JobStatus.Saving);
        var storing = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        engine.Store.OnPut = (_, _) =>
        {
            storing.TrySetResult();
            return goOn.Task;
        };

        var step = engine.StepAsync(job.Id);
        await storing.Task;
        for (var passed = 0; passed < 12; passed++)
        {
            Clock.Advance(TimeSpan.FromSeconds(10));
            await Eventually.HoldsAsync(async () => (await ReadAsync(job.Id)).LeaseUntil == Clock.Now.AddSeconds(30));
        }

        Assert.Equal(StepOutcome.Later, await engine.StepAsync(job.Id));
        goOn.SetResult();
        Assert.Equal(StepOutcome.Ended, await step);
        Assert.Single(engine.Provider.Opened);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Run_LeaseLostWhileSaving_StopsAndWritesNothing()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path));
        var job = await AddAsync(JobStatus.Saving);
        var storing = new TaskCompletionSource();
        engine.Store.OnPut = async (_, saving) =>
        {
            await LeaseAsync(job.Id, "another#1", Clock.Now.AddMinutes(5));
            storing.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, saving);
        };

        var step = engine.StepAsync(job.Id);
        await storing.Task;
        Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(StepOutcome.Later, await step);
        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Saving, "another#1"), (stored.Status, stored.LeaseOwner));
        Assert.Empty(await VideosAsync(job.Id));
    }

    [Fact]
    public async Task Run_AllPlacesTaken_ComesBackLater()
    {
        var engine = Start(
            new TestVideoProvider(SampleVideo.Mp4Path), settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Engine:MaxParallelSaves"] = "1" });
        var first = await AddAsync(JobStatus.Saving);
        var second = await AddAsync(JobStatus.Saving);
        var storing = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        engine.Store.OnPut = (_, _) =>
        {
            storing.TrySetResult();
            return goOn.Task;
        };

        var step = engine.StepAsync(first.Id);
        await storing.Task;
        Assert.Equal(StepOutcome.Later, await engine.StepAsync(second.Id));
        goOn.SetResult();
        await step;
        await engine.StepAsync(second.Id);

        Assert.Equal(JobStatus.Completed, (await ReadAsync(second.Id)).Status);
    }

    private static VideoProviderException Missing() =>
        new(FailureKind.LostAtProvider, "Its file is not there yet.", "HTTP 404") { IsTransient = true, IsResultMissing = true };

    private static IEnumerable<string> SpooledFiles(EngineHarness engine, Guid jobId) =>
        Directory.EnumerateFiles(engine.Get<DataFolder>().Spool, $"{jobId:N}*");

    private async Task AddVideoAsync(Video video)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        db.Videos.Add(video);
        await db.SaveChangesAsync();
    }

    private async Task<List<Video>> VideosAsync(Guid jobId)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        return await db.Videos.Where(video => video.JobId == jobId).ToListAsync();
    }
}

public sealed class SaveStepSqliteTests(SqliteDatabase database) : SaveStepTests(database), IClassFixture<SqliteDatabase>;

public sealed class SaveStepPostgresTests(PostgresDatabase database) : SaveStepTests(database), IClassFixture<PostgresDatabase>;
