using System.Globalization;
using System.Security.Cryptography;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Storage;

/// <summary>What every store has to do, as <see cref="IVideoStore"/> says it. Each store runs all of it.</summary>
[Trait("Req", "R-23")]
public abstract class VideoStoreTests : IAsyncLifetime
{
    protected const string Key = "owner/job/video-1.mp4";

    // More than two chunks of any store, and not a whole number of them.
    protected const int Large = (2 * 8 * 1024 * 1024) + 4711;

    private readonly TestFolder _files = new();
    private int _fileCount;

    /// <summary>The store under test.</summary>
    private protected abstract IVideoStore Store { get; }

    /// <summary>The same store as another process sees it.</summary>
    private protected abstract IVideoStore OtherStore { get; }

    /// <summary>What lies in the store, seen past it.</summary>
    private protected abstract IReadOnlyList<string> StoredKeys { get; }

    /// <summary>How many files or uploads are there that will never be a whole object.</summary>
    private protected abstract int Leftovers { get; }

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual ValueTask DisposeAsync()
    {
        _files.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(6 * 1024 * 1024)]
    [InlineData(8 * 1024 * 1024)]
    [InlineData(Large)]
    public async Task OpenRead_AfterPut_GivesExactlyTheBytes(int length)
    {
        var content = BytesOf(length);
        var source = await PutAsync(Key, content);

        await using var stream = await OpenAsync(Key);
        Assert.Equal((length, true, 0), (stream.Length, stream.CanSeek, stream.Position));
        Assert.Equal(content, await ReadAllAsync(stream));
        Assert.Equal(0, await stream.ReadAsync(new byte[1]));
        Assert.Equal([Key], StoredKeys);
        Assert.Equal(0, Leftovers);
        Assert.True(File.Exists(source));
    }

    [Fact]
    public async Task OpenRead_AnyPlaceInAnyOrder_GivesTheBytesThere()
    {
        var content = BytesOf(Large);
        await PutAsync(Key, content);

        await using var stream = await OpenAsync(Key);
        foreach (var (from, count) in new[] { (Large - 10, 10), (0, 10), (7_000_000, 100_000), (7_100_000, 5), (3, 7), (10, 1) })
        {
            stream.Position = from;
            var part = new byte[count];
            await stream.ReadExactlyAsync(part);
            Assert.Equal(content[from..(from + count)], part);
            Assert.Equal(from + count, stream.Position);
        }

        stream.Seek(-3, SeekOrigin.End);
        Assert.Equal(content[^3..], await ReadAllAsync(stream));
        stream.Seek(-2, SeekOrigin.Current);
        Assert.Equal(content[^2..], await ReadAllAsync(stream));
        stream.Position = Large + 100;
        Assert.Equal(0, await stream.ReadAsync(new byte[1]));
    }

    [Fact]
    public async Task Put_SameBytesAgain_IsTheSameAsOnce()
    {
        var content = BytesOf(Large);
        await PutAsync(Key, content);

        await PutAsync(Key, content);
        await PutAsync(OtherStore, Key, content);

        Assert.Equal(content, await ReadAsync(Key));
        Assert.Equal([Key], StoredKeys);
        Assert.Equal(0, Leftovers);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(Large)]
    [Trait("Req", "R-24")]
    public async Task Put_OtherBytes_IsRefusedAndKeepsWhatIsThere(int length)
    {
        var content = BytesOf(1000);
        await PutAsync(Key, content);

        var error = await Assert.ThrowsAsync<VideoStoreException>(() => PutAsync(Key, BytesOf(length, seed: 2)));

        Assert.Equal(StoreFault.Conflict, error.Fault);
        Assert.Equal(content, await ReadAsync(Key));
        Assert.Equal(0, Leftovers);
    }

    [Fact]
    public async Task Put_OtherBytesAfterDelete_AreStored()
    {
        await PutAsync(Key, BytesOf(1000));
        await Store.DeleteAsync(Key, CancellationToken.None);

        await PutAsync(Key, BytesOf(2000, seed: 2));

        Assert.Equal(BytesOf(2000, seed: 2), await ReadAsync(Key));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(Large)]
    public async Task Put_SameBytesByTwoProcessesAtOnce_EndsInOneObject(int length)
    {
        var content = BytesOf(length);

        await Task.WhenAll(PutAsync(Store, Key, content), PutAsync(OtherStore, Key, content), PutAsync(Store, Key, content));

        Assert.Equal(content, await ReadAsync(Key));
        Assert.Equal([Key], StoredKeys);
        Assert.Equal(0, Leftovers);
    }

    [Fact]
    public async Task Put_Cancelled_LeavesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.PutAsync(Key, Write(BytesOf(1000)), "video/mp4", new CancellationToken(canceled: true)));

        Assert.Empty(StoredKeys);
        Assert.Equal(0, Leftovers);
    }

    [Fact]
    public async Task OpenRead_NothingThere_GivesNull()
    {
        Assert.Null(await Store.OpenReadAsync(Key, CancellationToken.None));
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

        Assert.Empty(StoredKeys);
        Assert.Null(await Store.OpenReadAsync(Key, CancellationToken.None));
    }

    [Fact]
    [Trait("Req", "R-24")]
    public async Task List_NothingThere_IsEmpty() => Assert.Empty(await ListAsync(after: null));

    [Fact]
    [Trait("Req", "R-24")]
    public async Task List_ManyPages_GivesEachKeyOnceInOrderWithItsLength()
    {
        var keys = await PutManyAsync();

        var entries = await ListAsync(after: null);

        Assert.Equal(keys, entries.Select(entry => entry.Key), StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(1, keys.Count).Select(length => (long)length), entries.Select(entry => entry.Length));
        Assert.All(entries, entry => Assert.InRange(entry.WrittenAt, DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow.AddMinutes(10)));
    }

    [Fact]
    [Trait("Req", "R-24")]
    public async Task List_AfterAnyKey_GoesOnBehindIt()
    {
        var keys = await PutManyAsync();

        foreach (var (key, place) in keys.Select((key, place) => (key, place)))
        {
            Assert.Equal(keys.Skip(place + 1), (await ListAsync(key)).Select(entry => entry.Key), StringComparer.Ordinal);
        }
    }

    [Fact]
    [Trait("Req", "R-24")]
    public async Task List_AfterAKeyThatIsGone_GoesOnWhereItWas()
    {
        var keys = await PutManyAsync();
        await Store.DeleteAsync(keys[4], CancellationToken.None);

        Assert.Equal(keys.Skip(5), (await ListAsync(keys[4])).Select(entry => entry.Key), StringComparer.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-24")]
    public async Task List_OthersKeepThingsThereToo_LeavesThemOutAndAlone()
    {
        string[] others = ["notes.txt", "backup/archive.zip", "backup/2030/01/dump.sql", "backup/2030/.hidden"];
        foreach (var key in others)
        {
            PlaceForeign(key, [1]);
        }

        await PutAsync(Key, [1]);

        Assert.Equal([Key], (await ListAsync(after: null)).Select(entry => entry.Key), StringComparer.Ordinal);
        Assert.Equal(others.Append(Key).Order(StringComparer.Ordinal), StoredKeys, StringComparer.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-72")]
    public async Task Probe_Usable_LeavesNothing()
    {
        await Store.ProbeAsync(CancellationToken.None);

        Assert.Empty(StoredKeys);
        Assert.Equal(0, Leftovers);
    }

    [Fact]
    public async Task AnyCall_StoreDown_SaysSoAndLosesNothing()
    {
        await PutAsync(Key, BytesOf(1000));
        await TakeDownAsync();

        foreach (var call in new Func<Task>[]
        {
            () => PutAsync("owner/job/video-2.mp4", BytesOf(1000)),
            () => Store.OpenReadAsync(Key, CancellationToken.None),
            () => Store.DeleteAsync(Key, CancellationToken.None),
            () => ListAsync(after: null),
            () => Store.ProbeAsync(CancellationToken.None),
        })
        {
            Assert.Equal(StoreFault.Down, (await Assert.ThrowsAsync<VideoStoreException>(call)).Fault);
        }

        await BringBackAsync();
        Assert.Equal([Key], StoredKeys);
        Assert.Equal(BytesOf(1000), await ReadAsync(Key));
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
    [InlineData("owner/video\r\nx-upsert: true")]
    [InlineData("owner/video?uploads")]
    [InlineData("owner/video#part")]
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
        var source = Write([1]);

        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutAsync(key, source, "video/mp4", CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenReadAsync(key, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(key, CancellationToken.None));
        Assert.Empty(StoredKeys);
    }

    [Fact]
    public async Task OpenRead_KeyOf300Characters_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenReadAsync(new string('a', 300), CancellationToken.None));

    private protected abstract Task TakeDownAsync();

    private protected abstract Task BringBackAsync();

    /// <summary>Puts there what VideoGen never would.</summary>
    private protected abstract void PlaceForeign(string key, byte[] content);

    private protected async Task<List<StoredEntry>> ListAsync(string? after) => await Store.ListAsync(after, CancellationToken.None).ToListAsync();

    // Keys of two owners, their jobs and references, the n-th of them with n bytes; far more than a page, and in no order.
    private async Task<List<string>> PutManyAsync()
    {
        Guid[] owners = [Guid.Parse("0aaaaaaa-0000-7000-8000-000000000001"), Guid.Parse("f0000000-0000-7000-8000-00000000000a")];
        Guid[] jobs = [Guid.Parse("01900000-0000-7000-8000-000000000001"), Guid.Parse("01900000-0000-7000-8000-0000000000ff"), Guid.Parse("a1900000-0000-7000-8000-000000000001")];
        List<string> keys =
        [
            .. owners.SelectMany(owner => jobs.SelectMany(job => new[] { StoreKeys.Video(owner, job, 0), StoreKeys.Poster(owner, job, 0), StoreKeys.Video(owner, job, 1) })),
            .. owners.Select(owner => StoreKeys.Reference(owner, new string('c', 64), "png")),
        ];
        keys.Sort(StringComparer.Ordinal);
        foreach (var (place, key) in keys.Index().Reverse())
        {
            await PutAsync(key, BytesOf(place + 1));
        }

        return keys;
    }

    private protected static byte[] BytesOf(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private protected string Write(ReadOnlySpan<byte> content) =>
        _files.Write(string.Create(CultureInfo.InvariantCulture, $"source-{Interlocked.Increment(ref _fileCount)}"), content);

    private protected Task<string> PutAsync(string key, byte[] content) => PutAsync(Store, key, content);

    private protected async Task<string> PutAsync(IVideoStore store, string key, byte[] content)
    {
        var source = Write(content);
        await store.PutAsync(key, source, "video/mp4", CancellationToken.None);
        return source;
    }

    private protected async Task<Stream> OpenAsync(string key) =>
        await Store.OpenReadAsync(key, CancellationToken.None) ?? throw new InvalidOperationException("The key holds nothing.");

    private protected async Task<byte[]> ReadAsync(string key)
    {
        await using var stream = await OpenAsync(key);
        return await ReadAllAsync(stream);
    }

    private protected static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private protected static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
