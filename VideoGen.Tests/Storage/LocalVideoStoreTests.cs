using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Storage;

public sealed class LocalVideoStoreTests : IDisposable
{
    private const string Key = "owner/job/video-1.mp4";

    private readonly StoreFolder _folder = new();

    private LocalVideoStore Store => _folder.Store;

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Req", "R-23")]
    public async Task OpenRead_AfterPut_GivesTheBytesInAnyOrder()
    {
        await PutAsync(Key, [1, 2, 3, 4]);

        await using var stream = await OpenAsync(Key);
        stream.Position = 2;
        Assert.Equal(4, stream.Length);
        Assert.Equal(3, stream.ReadByte());
        Assert.Equal([Key], _folder.StoredFiles);
    }

    [Fact]
    [Trait("Req", "R-23")]
    public async Task Put_SameKeyAgain_ReplacesWholeAndLeavesReadersAlone()
    {
        await PutAsync(Key, [1, 2, 3, 4]);
        await using var reader = await OpenAsync(Key);

        await PutAsync(Key, [9, 9]);

        Assert.Equal(1, reader.ReadByte());
        Assert.Equal([9, 9], await ReadAsync(Key));
        Assert.Equal([Key], _folder.StoredFiles);
    }

    [Fact]
    public async Task Put_LeavesTheLocalFile()
    {
        var source = await PutAsync(Key, [1]);

        Assert.True(File.Exists(source));
    }

    [Fact]
    public async Task OpenRead_NothingThere_GivesNull()
    {
        Assert.Null(await Store.OpenReadAsync("nobody/nothing/video-1.mp4", CancellationToken.None));
        await PutAsync(Key, [1]);
        Assert.Null(await Store.OpenReadAsync("owner/job/video-2.mp4", CancellationToken.None));
    }

    [Fact]
    public async Task Delete_TwiceOrNeverThere_IsQuiet()
    {
        await PutAsync(Key, [1]);

        await Store.DeleteAsync(Key, CancellationToken.None);
        await Store.DeleteAsync(Key, CancellationToken.None);
        await Store.DeleteAsync("nobody/nothing/video-1.mp4", CancellationToken.None);

        Assert.Empty(_folder.StoredFiles);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("../secret")]
    [InlineData("../store-of-another/secret")]
    [InlineData("owner/../../secret")]
    [InlineData("owner/..")]
    [InlineData("owner/.")]
    [InlineData("owner/./video")]
    [InlineData("owner//video")]
    [InlineData("owner/")]
    [InlineData("/owner")]
    [InlineData("..\\secret")]
    [InlineData("owner\\..\\..\\secret")]
    [InlineData("%2e%2e/secret")]
    [InlineData("%2e%2e%2fsecret")]
    [InlineData("..%2fsecret")]
    [InlineData("..%c0%afsecret")]
    [InlineData("owner/video\0.mp4")]
    [InlineData("owner/video\n")]
    [InlineData("owner/ video")]
    [InlineData("owner/vidéo")]
    [InlineData("~/secret")]
    [InlineData("~root/secret")]
    [InlineData("C:\\secret")]
    [InlineData("C:secret")]
    [InlineData("\\\\host\\share")]
    [InlineData("file:///etc/passwd")]
    [InlineData("owner/$(id)")]
    [InlineData("owner/a;b")]
    [InlineData(".put/x")]
    [InlineData("．．/secret")]
    [Trait("Req", "R-50")]
    public async Task AnyCall_KeyThatIsNotOurs_IsRefused(string key)
    {
        var source = _folder.Write("source", [1]);

        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutAsync(key, source, "video/mp4", CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenReadAsync(key, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(key, CancellationToken.None));
        Assert.Empty(_folder.StoredFiles);
    }

    [Fact]
    public async Task OpenRead_KeyOf300Characters_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenReadAsync(new string('a', 300), CancellationToken.None));

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
    public async Task Put_FolderCannotBeMade_Throws()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder.Data.Videos, "owner"), [1]);

        await Assert.ThrowsAsync<VideoStoreException>(() => PutAsync(Key, [1]));
    }

    [Fact]
    public async Task Put_Cancelled_KeepsWhatWasThereAndLeavesNoTemporaryFile()
    {
        await PutAsync(Key, [1]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.PutAsync(Key, _folder.Write("new", new byte[100]), "video/mp4", new CancellationToken(canceled: true)));

        Assert.Equal([1], await ReadAsync(Key));
        Assert.Equal([Key], _folder.StoredFiles);
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

        await new StorageSweep(Store, NullLogger<StorageSweep>.Instance).StartingAsync(CancellationToken.None);

        Assert.Equal(["owner/job/notes.tmp", Key], _folder.StoredFiles);
    }

    [Fact]
    public async Task Probe_Writable_LeavesNothing()
    {
        await Store.ProbeAsync(CancellationToken.None);

        Assert.Empty(_folder.StoredFiles);
    }

    [Fact]
    [Trait("Req", "R-72")]
    public async Task Probe_FolderGone_SaysSo()
    {
        Directory.Delete(_folder.Data.Videos);

        await Assert.ThrowsAsync<VideoStoreException>(() => Store.ProbeAsync(CancellationToken.None));
    }

    private async Task<string> PutAsync(string key, byte[] content)
    {
        var source = _folder.Write(string.Create(CultureInfo.InvariantCulture, $"source-{content.Length}"), content);
        await Store.PutAsync(key, source, "video/mp4", CancellationToken.None);
        return source;
    }

    private async Task<Stream> OpenAsync(string key) =>
        await Store.OpenReadAsync(key, CancellationToken.None) ?? throw new InvalidOperationException("The key holds nothing.");

    private async Task<byte[]> ReadAsync(string key)
    {
        await using var stream = await OpenAsync(key);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }
}
