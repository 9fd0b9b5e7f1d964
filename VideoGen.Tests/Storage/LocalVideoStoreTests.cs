using Microsoft.Extensions.Logging.Abstractions;
using VideoGen.Web;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Storage;

public sealed class LocalVideoStoreTests : VideoStoreTests
{
    private readonly StoreFolder _folder = new();

    private string Aside => _folder.PathOf("aside");

    private protected override IVideoStore Store => _folder.Store;

    private protected override IVideoStore OtherStore => new LocalVideoStore(_folder.Data);

    private protected override IReadOnlyList<string> StoredKeys => _folder.StoredFiles;

    private protected override int Leftovers => _folder.StoredFiles.Count(file => file.EndsWith(".tmp", StringComparison.Ordinal));

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task Delete_WhileItIsRead_LeavesTheReaderAlone()
    {
        await PutAsync(Key, [1, 2, 3, 4]);
        await using var reader = await OpenAsync(Key);

        await Store.DeleteAsync(Key, CancellationToken.None);

        Assert.Equal([1, 2, 3, 4], await ReadAllAsync(reader));
    }

    [Fact]
    public async Task OpenRead_KeyNamedLikeADevice_IsAnOrdinaryFile()
    {
        await PutAsync("owner/CON", [5]);

        Assert.Equal([5], await ReadAsync("owner/CON"));
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("owner/job")]
    [InlineData("owner/job/video-1.mp4")]
    [Trait("Req", "R-50")]
    public async Task AnyCall_SymbolicLinkOnTheWay_IsRefused(string linkAt)
    {
        var secret = _folder.Write("outside/job/video-1.mp4", [7]);
        var outside = _folder.PathOf("outside");
        var link = Path.Combine(_folder.Data.Videos, linkAt);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, linkAt switch { "owner" => outside, "owner/job" => Path.Combine(outside, "job"), _ => secret });

        await Assert.ThrowsAsync<VideoStoreException>(() => Store.OpenReadAsync(Key, CancellationToken.None));
        await Assert.ThrowsAsync<VideoStoreException>(() => PutAsync(Key, [1]));
        await Assert.ThrowsAsync<VideoStoreException>(() => Store.DeleteAsync(Key, CancellationToken.None));
        Assert.Equal([7], await File.ReadAllBytesAsync(secret));
    }

    [Fact]
    [Trait("Req", "R-23")]
    public async Task Put_RenameFails_ThrowsAndLeavesNoTemporaryFile()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Data.Videos, Key, "in-the-way"));

        await Assert.ThrowsAsync<VideoStoreException>(() => PutAsync(Key, [1]));

        Assert.Empty(_folder.StoredFiles);
    }

    [Fact]
    [Trait("Req", "R-23")]
    public async Task Put_FlushFails_NothingGetsTheName()
    {
        CrashPoint.OnReached.Value = point =>
        {
            if (point is CrashPoint.FileWritten)
            {
                throw new IOException("Input/output error");
            }
        };

        await Assert.ThrowsAsync<VideoStoreException>(() => PutAsync(Key, [1]));
        Assert.Empty(_folder.StoredFiles);

        CrashPoint.OnReached.Value = null;
        await PutAsync(Key, [1]);
        Assert.Single(_folder.StoredFiles);
    }

    [Fact]
    [Trait("Req", "R-23")]
    public async Task Put_FolderCannotBeMade_Throws()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder.Data.Videos, "owner"), [1]);

        await Assert.ThrowsAsync<VideoStoreException>(() => PutAsync(Key, [1]));
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task SweepAtStart_RemovesOurTemporaryFilesAndNothingElse()
    {
        await PutAsync(Key, [1]);
        var folder = Path.Combine(_folder.Data.Videos, "owner", "job");
        await File.WriteAllBytesAsync(Path.Combine(folder, $"put-{Guid.NewGuid():N}.tmp"), [1]);
        await File.WriteAllBytesAsync(Path.Combine(_folder.Data.Videos, $"put-{Guid.NewGuid():N}.tmp"), [1]);
        await File.WriteAllBytesAsync(Path.Combine(folder, "notes.tmp"), [1]);

        await new StorageSweep(_folder.Store, NullLogger<StorageSweep>.Instance).StartingAsync(CancellationToken.None);

        Assert.Equal(["owner/job/notes.tmp", Key], _folder.StoredFiles);
    }

    [Fact]
    [Trait("Req", "R-24")]
    public async Task List_LinksAndUnfinishedWrites_AreLeftOut()
    {
        await PutAsync(Key, [1]);
        PlaceForeign($"owner/job/put-{Guid.NewGuid():N}.tmp", [1]);
        var outside = _folder.Write("outside/job/video-1.mp4", [7]);
        File.CreateSymbolicLink(Path.Combine(_folder.Data.Videos, "owner/job/video-2.mp4"), outside);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Data.Videos, "other"), _folder.PathOf("outside"));

        Assert.Equal([Key], (await ListAsync(after: null)).Select(entry => entry.Key), StringComparer.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-24")]
    public async Task Sweep_WhileRunning_LeavesWhatIsStillWritten()
    {
        var now = DateTimeOffset.UtcNow;
        string[] names = ["put-0123456789abcdef0123456789abcdef.tmp", "put-1123456789abcdef0123456789abcdef.tmp"];
        foreach (var name in names)
        {
            PlaceForeign($"owner/job/{name}", [1]);
        }

        File.SetLastWriteTimeUtc(Path.Combine(_folder.Data.Videos, "owner/job", names[0]), now.UtcDateTime.AddHours(-2));

        Assert.Equal(1, _folder.Store.SweepTemporaryFiles(now.AddHours(-1)));
        Assert.Equal([$"owner/job/{names[1]}"], _folder.StoredFiles);
    }

    [Fact]
    [Trait("Req", "R-72")]
    public async Task Probe_FolderGone_SaysSo()
    {
        Directory.Delete(_folder.Data.Videos);

        await Assert.ThrowsAsync<VideoStoreException>(() => Store.ProbeAsync(CancellationToken.None));
    }

    private protected override void PlaceForeign(string key, byte[] content)
    {
        var path = Path.Combine(_folder.Data.Videos, key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    // A disk that is not mounted: where the folder was, there is something else.
    private protected override async Task TakeDownAsync()
    {
        Directory.Move(_folder.Data.Videos, Aside);
        await File.WriteAllBytesAsync(_folder.Data.Videos, []);
    }

    private protected override Task BringBackAsync()
    {
        File.Delete(_folder.Data.Videos);
        Directory.Move(Aside, _folder.Data.Videos);
        return Task.CompletedTask;
    }
}
