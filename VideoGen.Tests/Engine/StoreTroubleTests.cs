using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Media;
using VideoGen.Tests.Providers;
using VideoGen.Tests.Storage.Remote;
using VideoGen.Tests.Storage.Supabase;
using VideoGen.Web.Data;
using VideoGen.Web.Engine;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Engine;

/// <summary>What becomes of a paid result while a store across the network does not take it.</summary>
[Trait("Req", "R-23")]
public sealed class StoreTroubleTests(SqliteDatabase database) : EngineTests(database), IClassFixture<SqliteDatabase>
{
    private readonly SupabaseServer _server = new();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await _server.AcceptConnectionsAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(StoreFault.Full, "The store is full.")]
    [InlineData(StoreFault.Credentials, "The store does not let us in; an administrator has to see to it.")]
    [InlineData(StoreFault.Refused, "The store does not take the file; an administrator has to see to it.")]
    [InlineData(StoreFault.Down, "The store cannot be used just now.")]
    public async Task Run_StoreRefuses_WaitsInTheSpoolAndComesBack(StoreFault fault, string reason)
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path), settings: Settings());
        var job = await AddAsync(JobStatus.Saving);
        Have(fault);

        Assert.Equal(StepOutcome.Later, await engine.StepAsync(job.Id));

        var waiting = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Saving, null), (waiting.Status, waiting.LeaseOwner));
        Assert.Contains(waiting.Events, entry => entry.Reason.StartsWith(reason, StringComparison.Ordinal));
        Assert.Contains(SpooledFiles(engine, job.Id), path => path.EndsWith(".ready", StringComparison.Ordinal));
        Assert.Empty(_server.Keys);
        Assert.Equal(0, _server.Unfinished);

        _server.Recover();
        _server.AcceptedKey = SupabaseServer.Key;
        Clock.Advance(waiting.NotBefore!.Value - Clock.Now);
        Assert.Equal(StepOutcome.Ended, await engine.StepAsync(job.Id));

        Assert.Equal(JobStatus.Completed, (await ReadAsync(job.Id)).Status);
        Assert.Equal([StoreKeys.Poster(OwnerId, job.Id, 0), StoreKeys.Video(OwnerId, job.Id, 0)], _server.Keys);
        Assert.Equal(await File.ReadAllBytesAsync(SampleVideo.Mp4Path), _server.BytesOf(StoreKeys.Video(OwnerId, job.Id, 0)));
        Assert.Single(engine.Provider.Opened);
        Assert.Empty(SpooledFiles(engine, job.Id));
    }

    [Fact]
    public async Task Run_StoreFullForLong_IsTriedAgainEveryMinute()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path), settings: Settings());
        var job = await AddAsync(JobStatus.Saving);
        Have(StoreFault.Full);

        for (var round = 0; round < 12; round++)
        {
            await engine.StepAsync(job.Id);
            var wait = (await ReadAsync(job.Id)).NotBefore!.Value - Clock.Now;
            Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(50));
            Clock.Advance(wait);
        }

        Assert.Single(engine.Provider.Opened);
    }

    [Fact]
    [Trait("Req", "R-24")]
    public async Task Run_EarlierRunLeftAnotherFile_TakesItsPlace()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path), settings: Settings());
        var job = await AddAsync(JobStatus.Saving);
        _server.Place(StoreKeys.Video(OwnerId, job.Id, 0), [1, 2, 3]);
        _server.Place(StoreKeys.Poster(OwnerId, job.Id, 0), [4]);

        Assert.Equal(StepOutcome.Ended, await engine.StepAsync(job.Id));

        var video = Assert.Single(await VideosAsync(job.Id));
        Assert.Equal(video.SizeBytes, _server.BytesOf(video.StoreKey).Length);
        Assert.Single(engine.Provider.Opened);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Run_LeaseLostAndAnotherFileThere_LeavesItAlone()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path), settings: Settings());
        var job = await AddAsync(JobStatus.Saving);
        var key = StoreKeys.Video(OwnerId, job.Id, 0);
        _server.Have(new StoreMishap(static request => request.Path.Value!.Contains("/info/", StringComparison.Ordinal), async context =>
        {
            _server.Place(key, [1, 2, 3]);
            await LeaseAsync(job.Id, "another#1", Clock.Now.AddMinutes(5));
            await _server.AnswerAsItIsAsync(context);
        })
        {
            Times = 1,
        });

        Assert.Equal(StepOutcome.Later, await engine.StepAsync(job.Id));

        Assert.Equal([1, 2, 3], _server.BytesOf(key));
        Assert.Equal("another#1", (await ReadAsync(job.Id)).LeaseOwner);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Run_LeaseLostWhileAnotherFileIsRemoved_LeavesItAlone()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path), settings: Settings());
        var job = await AddAsync(JobStatus.Saving);
        var key = StoreKeys.Video(OwnerId, job.Id, 0);
        _server.Place(key, [1, 2, 3]);
        _server.Have(new StoreMishap(static request => HttpMethods.IsDelete(request.Method), async context =>
        {
            // The store takes longer than the lease, and another process has the job by then.
            await LeaseAsync(job.Id, "another#1", Clock.Now.AddMinutes(5));
            Clock.Advance(new EngineOptions().Lease);
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        }));

        Assert.Equal(StepOutcome.Later, await engine.StepAsync(job.Id));

        Assert.Equal([1, 2, 3], _server.BytesOf(key));
        Assert.Equal("another#1", (await ReadAsync(job.Id)).LeaseOwner);
    }

    [Fact]
    [Trait("Req", "R-24")]
    public async Task Run_OnlyThePosterDiffers_LeavesTheVideoWhereItIs()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path), settings: Settings());
        var job = await AddAsync(JobStatus.Saving);
        _server.Place(StoreKeys.Poster(OwnerId, job.Id, 0), [4]);
        List<string> removed = [];
        _server.Have(new StoreMishap(static request => HttpMethods.IsDelete(request.Method), async context =>
        {
            removed.Add(context.Request.Path.Value!);
            await _server.AnswerAsItIsAsync(context);
        }));

        Assert.Equal(StepOutcome.Ended, await engine.StepAsync(job.Id));

        Assert.EndsWith(StoreKeys.Poster(OwnerId, job.Id, 0), Assert.Single(removed), StringComparison.Ordinal);
    }

    private Dictionary<string, string?> Settings() => new(StringComparer.Ordinal)
    {
        ["Storage:Kind"] = "supabase",
        ["Storage:Supabase:Url"] = _server.Address.ToString(),
        ["Storage:Supabase:ServiceKey"] = SupabaseServer.Key,
    };

    private void Have(StoreFault fault)
    {
        static bool IsChunk(HttpRequest request) => HttpMethods.IsPatch(request.Method);

        switch (fault)
        {
            case StoreFault.Credentials:
                _server.AcceptedKey = "rotated";
                break;
            case StoreFault.Full:
                _server.Have(StoreMishap.Refusal(IsChunk, 507, "Insufficient storage"));
                break;
            case StoreFault.Refused:
                _server.Have(StoreMishap.Refusal(IsChunk, 413, "upload's size exceeded"));
                break;
            default:
                _server.Have(StoreMishap.Reset(IsChunk, after: 10));
                break;
        }
    }

    private static IEnumerable<string> SpooledFiles(EngineHarness engine, Guid jobId) =>
        Directory.EnumerateFiles(engine.Get<DataFolder>().Spool, $"{jobId:N}*");

    private async Task<List<Video>> VideosAsync(Guid jobId)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        return await db.Videos.Where(video => video.JobId == jobId).ToListAsync();
    }
}
