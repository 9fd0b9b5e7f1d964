using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Web.Data;
using VideoGen.Web.Repair;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Repair;

public abstract class RepairPassTests(TestDatabase database) : RepairTests(database)
{
    private const string Other = "another-node#1";

    // Goal G11: after a round nothing is wrong that is not told of.
    [Fact]
    public async Task Repair_MessOfEveryKind_LeavesNothingUntold()
    {
        var studio = StartStudio();
        var fine = await AddVideoAsync(studio);
        var withoutRow = await AddVideoAsync(studio);
        await RemoveRowAsync(withoutRow);
        var withoutFile = await AddVideoAsync(studio);
        File.Delete(PathOf(studio, withoutFile.StoreKey));
        var withoutPoster = await AddVideoAsync(studio);
        File.Delete(PathOf(studio, withoutPoster.PosterKey));
        var changed = await AddVideoAsync(studio);
        await File.WriteAllBytesAsync(PathOf(studio, changed.StoreKey), new byte[changed.SizeBytes]);
        var lost = await AddAsync(JobStatus.Completed);
        var orphan = StoreKeys.Video(OwnerId, Guid.NewGuid(), 0);
        Clock.Advance(TimeSpan.FromDays(2));
        Place(studio, orphan);
        var unfinished = Place(studio, $"{OwnerId}/{Guid.NewGuid()}/put-{Guid.NewGuid():N}.tmp");

        await RepairAsync(studio);

        Assert.Equal(
            new[]
            {
                (RepairKind.VideoLost, KeyOf(lost)),
                (RepairKind.FileMissing, withoutFile.Id.ToString()),
                (RepairKind.FileChanged, changed.Id.ToString()),
                (RepairKind.FileUnplayable, changed.Id.ToString()),
                (RepairKind.FileWithoutRow, orphan),
            },
            await OpenAsync());
        Assert.False(File.Exists(unfinished));
        await AssertToldOfAsync(studio);
        Assert.Contains(await VideosAsync(), video => video.Id == fine.Id);

        // Nothing more comes of it the second time.
        var findings = await FindingsAsync();
        await RepairAsync(studio);
        Assert.Equivalent(findings, await FindingsAsync());
    }

    [Fact]
    public async Task Repair_Interrupted_GoesOnWhereItWasAfterARestart()
    {
        var first = StartStudio(("Repair:Batch", "2"));
        foreach (var _ in Enumerable.Range(0, 6))
        {
            File.Delete(PathOf(first, (await AddVideoAsync(first)).StoreKey));
        }

        var videos = (await VideosAsync()).OrderBy(video => video.Id).ToList();
        await RepairAsync(first);
        Assert.Equal(2, await MissingAsync());

        // In the middle of the second part.
        using var stopping = new CancellationTokenSource();
        first.Store.OnOpen = (key, token) => StopAsync(string.Equals(key, videos[3].StoreKey, StringComparison.Ordinal), stopping, token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RepairAsync(first, stopping.Token));
        Assert.Equal((2, videos[1].Id.ToString()), (await MissingAsync(), (await StateAsync(RepairScanName.Files)).Cursor));

        var second = StartStudio(("Repair:Batch", "2"));
        List<string> opened = [];
        second.Store.OnOpen = (key, _) =>
        {
            opened.Add(key);
            return Task.CompletedTask;
        };
        await RepairAsync(second);
        Assert.Equal(4, await MissingAsync());
        Assert.Equal(videos[2..4].Select(video => video.StoreKey), opened.Intersect(videos.Select(video => video.StoreKey), StringComparer.Ordinal).Take(2), StringComparer.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-23")]
    public async Task Repair_StoreDown_SaysThatItCouldNotLookAndInventsNothing()
    {
        var studio = StartStudio();
        var video = await AddVideoAsync(studio);
        File.Delete(PathOf(studio, video.StoreKey));
        await RepairAsync(studio);
        await RemoveRowAsync(await AddVideoAsync(studio));
        var before = await OpenAsync();
        studio.Store.IsDown = true;

        await RepairAsync(studio);

        Assert.Equal(before, await OpenAsync());
        foreach (var scan in new[] { RepairScanName.Jobs, RepairScanName.Files, RepairScanName.Store, RepairScanName.Contents })
        {
            Assert.Equal("The store cannot be reached just now.", (await StateAsync(scan)).Trouble);
        }

        Assert.Null((await StateAsync(RepairScanName.Leftovers)).Trouble);

        studio.Store.IsDown = false;
        await RepairAsync(studio);
        Assert.Equal(2, (await VideosAsync()).Count);
        Assert.Null((await StateAsync(RepairScanName.Jobs)).Trouble);
    }

    [Fact]
    public async Task Run_AnotherProcessRepairs_DoesNothingUntilItsTurnIsOver()
    {
        var studio = StartStudio();
        await RemoveRowAsync(await AddVideoAsync(studio));
        await HoldTurnAsync(Clock.Now + TimeSpan.FromMinutes(15));

        Assert.False(await studio.Get<RepairPass>().RunAsync(CancellationToken.None));
        Assert.Empty(await VideosAsync());

        // It was killed, and its node does not come back.
        Clock.Advance(TimeSpan.FromMinutes(16));
        await RepairAsync(studio);
        Assert.Single(await VideosAsync());
    }

    [Fact]
    public async Task Run_TurnIsLostOnTheWay_StopsThere()
    {
        var studio = StartStudio(("Repair:Batch", "1"));
        await RemoveRowAsync(await AddVideoAsync(studio));
        studio.Store.OnOpen = (_, _) => HoldTurnAsync(Clock.Now + TimeSpan.FromMinutes(15));

        await RepairAsync(studio);

        await using var db = await Database.Contexts.CreateDbContextAsync();
        Assert.Equal([RepairScanName.Jobs, RepairScanName.Leftovers], await db.RepairScans.Select(state => state.Scan).Order().ToListAsync());
        Assert.Equal(Other, (await db.RepairTurns.SingleAsync()).Holder);
    }

    [Fact]
    public async Task Run_PartTakesLongerThanATurn_KeepsItsTurn()
    {
        var studio = StartStudio();
        await AddVideoAsync(studio);
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        studio.Store.OnOpen = (_, _) =>
        {
            began.TrySetResult();
            return end.Task;
        };
        var repairing = RepairAsync(studio);
        await began.Task;

        var later = Clock.Now + TimeSpan.FromMinutes(40);
        await Eventually.HoldsAsync(
            async () =>
            {
                Clock.Advance(TimeSpan.FromMinutes(1));
                return Clock.Now >= later && await studio.Get<RepairTurns>().IsTakenAsync(CancellationToken.None);
            },
            TimeSpan.FromSeconds(30));
        end.SetResult();
        await repairing;

        // It is held for no longer than it takes.
        Assert.False(await studio.Get<RepairTurns>().IsTakenAsync(CancellationToken.None));
        Assert.Null((await StateAsync(RepairScanName.Contents)).Trouble);
    }

    [Fact]
    public async Task Run_KilledAndStartedAgain_DoesNotWaitForItself()
    {
        var killed = StartStudio();
        var restarted = StartStudio(("Data:RootPath", killed.Get<DataFolder>().Root));
        Assert.True(await killed.Get<RepairTurns>().TryTakeAsync(CancellationToken.None));

        await RepairAsync(restarted);

        Assert.False(await killed.Get<RepairTurns>().RenewAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Run_Ended_TellsTheOpenPages()
    {
        var studio = StartStudio();
        var ended = studio.Get<RepairNews>().Ended;

        await RepairAsync(studio);

        await ended.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(studio.Get<RepairNews>().Ended.IsCompleted);
    }

    [Fact]
    public async Task Meter_AfterAPass_CountsWhatIsOpenAndWhatWasMended()
    {
        var studio = StartStudio();
        using var listener = new RepairMeterListener(studio.Get<IMeterFactory>());
        File.Delete(PathOf(studio, (await AddVideoAsync(studio)).StoreKey));
        await RemoveRowAsync(await AddVideoAsync(studio));
        Assert.Empty(listener.ReadOpen());

        await RepairAsync(studio);

        var open = listener.ReadOpen();
        Assert.Equal(Enum.GetNames<RepairKind>().Order(StringComparer.Ordinal), open.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([(nameof(RepairKind.FileMissing), 1)], open.Where(entry => entry.Value > 0).Select(entry => (entry.Key, entry.Value)));
        Assert.Equal([(nameof(RepairKind.VideoWithoutRow), 1L)], listener.Mended);
    }

    private static async Task StopAsync(bool now, CancellationTokenSource stopping, CancellationToken cancellationToken)
    {
        if (now)
        {
            await stopping.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task HoldTurnAsync(DateTimeOffset until)
    {
        DateTimeOffset? end = until;
        await using var db = await Database.Contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.RepairTurns.ExecuteUpdateAsync(set => set.SetProperty(turn => turn.Holder, Other).SetProperty(turn => turn.HeldUntil, end));
        await transaction.CommitAsync();
    }

    private async Task<int> MissingAsync() => (await OpenAsync()).Count(finding => finding.Kind is RepairKind.FileMissing);

    // Every row has its file, every file its row, or there is a finding about it.
    private async Task AssertToldOfAsync(EngineHarness studio)
    {
        var told = (await OpenAsync()).Select(finding => finding.Subject).ToHashSet(StringComparer.Ordinal);
        var videos = await VideosAsync();
        var files = (await studio.Store.ListAsync(after: null, CancellationToken.None).ToListAsync()).Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var video in videos)
        {
            Assert.True(told.Contains(video.Id.ToString()) || (files.Contains(video.StoreKey) && files.Contains(video.PosterKey)), video.StoreKey);
        }

        var known = videos.SelectMany(video => new[] { video.StoreKey, video.PosterKey }).ToHashSet(StringComparer.Ordinal);
        Assert.All(files, key => Assert.True(known.Contains(key) || told.Contains(key), key));
    }
}

public sealed class RepairPassSqliteTests(SqliteDatabase database) : RepairPassTests(database), IClassFixture<SqliteDatabase>;

public sealed class RepairPassPostgresTests(PostgresDatabase database) : RepairPassTests(database), IClassFixture<PostgresDatabase>;
