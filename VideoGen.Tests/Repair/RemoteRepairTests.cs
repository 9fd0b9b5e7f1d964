using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Media;
using VideoGen.Tests.Storage.Supabase;
using VideoGen.Web.Data;
using VideoGen.Web.Repair;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Repair;

/// <summary>The repair where the store is across a network: files come into the spool to be looked at, and leave it again.</summary>
public sealed class RemoteRepairTests(SqliteDatabase database) : RepairTests(database), IClassFixture<SqliteDatabase>
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

    [Fact]
    public async Task Repair_RowMissing_IsMendedFromTheStoredBytes()
    {
        var studio = StartRemote();
        var video = await AddVideoAsync(studio);
        await RemoveRowAsync(video);
        await studio.Get<IVideoStore>().DeleteAsync(video.PosterKey, CancellationToken.None);

        await RepairAsync(studio);

        Assert.Equal((video.SizeBytes, video.Sha256), Assert.Single(await VideosAsync()) switch { var mended => (mended.SizeBytes, mended.Sha256) });
        Assert.Equal(new[] { video.PosterKey, video.StoreKey }.Order(StringComparer.Ordinal), _server.Keys, StringComparer.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(studio.Get<DataFolder>().Spool));
    }

    [Fact]
    public async Task Repair_ChangedAndOrphanFiles_AreReportedAndStay()
    {
        var studio = StartRemote();
        var video = await AddVideoAsync(studio);
        _server.Place(video.StoreKey, await File.ReadAllBytesAsync(SampleVideo.Mp4WithSoundPath));
        var orphan = StoreKeys.Video(OwnerId, Guid.NewGuid(), 0);
        _server.Place(orphan, [1]);
        _server.Place("notes.txt", [1]);

        await RepairAsync(studio);

        Assert.Equal([(RepairKind.FileChanged, video.Id.ToString()), (RepairKind.FileWithoutRow, orphan)], await OpenAsync());
        Assert.Contains(orphan, _server.Keys, StringComparer.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(studio.Get<DataFolder>().Spool));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Req", "R-23")]
    public async Task Repair_BucketGoneOrStoreDown_InventsNothing(bool isDown)
    {
        var studio = StartRemote();
        await AddVideoAsync(studio);
        await AddAsync(JobStatus.Completed);
        await (isDown ? _server.RefuseConnectionsAsync() : Task.Run(_server.Buckets.Clear));

        await RepairAsync(studio);

        Assert.Empty(await FindingsAsync());
        Assert.NotNull((await StateAsync(RepairScanName.Store)).Trouble);
    }

    private EngineHarness StartRemote() => StartStudio(
        ("Storage:Kind", "supabase"),
        ("Storage:Supabase:Url", _server.Address.ToString()),
        ("Storage:Supabase:ServiceKey", SupabaseServer.Key),
        ("Storage:ListPageSize", "2"));
}
