using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Media;
using VideoGen.Tests.Providers;
using VideoGen.Tests.Storage;
using VideoGen.Web.Media;
using VideoGen.Web.Saving;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Saving;

public sealed class ResultSaverTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly TestVideoProvider _provider = new(SampleVideo.Mp4Path);
    private readonly GenerationJob _job = JobSamples.In(JobStatus.Saving);
    private readonly ResultSaver _saver;

    public ResultSaverTests() => _saver = SaverWith(_folder.Store);

    private SpoolSlot Slot => new Spool(_folder.Data).SlotOf(_job.Id, 0);

    private string VideoKey => StoreKeys.Video(_job.OwnerId, _job.Id, 0);

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Req", "R-22")]
    public async Task Save_GoodVideo_IsStoredWithPosterHashAndFacts()
    {
        var saved = Assert.Single(await SaveAsync());

        var bytes = await File.ReadAllBytesAsync(SampleVideo.Mp4Path);
        Assert.Equal(0, saved.Index);
        Assert.Equal((VideoKey, bytes.LongLength), (saved.File.StoreKey, saved.File.SizeBytes));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), saved.File.Sha256);
        Assert.Equal((SampleVideo.Width, SampleVideo.Height, SampleVideo.Duration), (saved.Facts.Width, saved.Facts.Height, saved.Facts.Duration));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(_folder.Data.Videos, VideoKey)));
        Assert.Equal([saved.File.PosterKey, VideoKey], _folder.StoredFiles);
    }

    [Fact]
    [Trait("Req", "R-24")]
    public async Task Save_Again_GivesTheSameWithoutFetching()
    {
        var first = await SaveAsync();

        Assert.Equal(first, await SaveAsync());
        Assert.Single(_provider.Opened);
        Assert.Equal(2, _folder.StoredFiles.Count);
    }

    [Fact]
    [Trait("Req", "R-24")]
    public async Task Save_SeveralResults_StoresEachUnderItsOwnKey()
    {
        var saved = await _saver.SaveAsync(_job, _provider, 3, StillOurs, CancellationToken.None);

        Assert.Equal([0, 1, 2], saved.Select(file => file.Index));
        Assert.Equal(6, _folder.StoredFiles.Count);
    }

    [Fact]
    [Trait("Req", "R-24")]
    public async Task Release_RemovesWhatTheJobLeftAndNothingElse()
    {
        await SaveAsync();
        var other = Path.Combine(_folder.Data.Spool, $"{Guid.NewGuid():N}-0.ready");
        await File.WriteAllBytesAsync(other, [1]);

        _saver.Release(_job.Id);

        Assert.Equal([Path.GetFileName(other)], _folder.SpooledFiles);
    }

    // What may lie in the spool when the process ended, in the order in which it comes about.
    [Theory]
    [InlineData("nothing", 1)]
    [InlineData("half a download", 1)]
    [InlineData("a whole download", 1)]
    [InlineData("half a poster", 1)]
    [InlineData("a poster", 1)]
    [InlineData("half the facts", 1)]
    [InlineData("the facts", 1)]
    [InlineData("ready", 0)]
    [InlineData("ready, stored", 0)]
    [InlineData("ready, facts damaged", 1)]
    [InlineData("ready, facts empty", 1)]
    [InlineData("ready, facts of another length", 1)]
    [InlineData("ready, facts missing", 1)]
    [InlineData("ready, poster missing", 1)]
    [InlineData("ready, of an earlier provider job", 1)]
    [Trait("Req", "R-16")]
    public async Task Save_AfterAnInterruption_GoesOnFromWhatIsThere(string state, int fetches)
    {
        var expected = await SaveAsync();
        Prepare(state);
        _provider.Opened.Clear();

        var saved = await SaveAsync();

        Assert.Equal(expected, saved);
        Assert.Equal(fetches, _provider.Opened.Count);
        Assert.Equal(2, _folder.StoredFiles.Count);
        Assert.Equal(
            await File.ReadAllBytesAsync(SampleVideo.Mp4Path), await File.ReadAllBytesAsync(Path.Combine(_folder.Data.Videos, VideoKey)));
        Assert.Equal([Path.GetFileName(Slot.Poster), Path.GetFileName(Slot.Facts), Path.GetFileName(Slot.Ready)], _folder.SpooledFiles);
    }

    [Theory]
    [MemberData(nameof(BadMedia.Kinds), MemberType = typeof(BadMedia))]
    [Trait("Req", "R-22")]
    public async Task Save_BadMedia_IsRejectedAndLeavesNothing(string kind)
    {
        var content = BadMedia.Of(kind);
        _provider.OnOpenResult = (_, _, _) => Task.FromResult(TestVideoProvider.Bytes(content, content.Length));

        await Assert.ThrowsAsync<MediaRejectedException>(SaveAsync);

        Assert.Empty(_folder.SpooledFiles);
        Assert.Empty(_folder.StoredFiles);
    }

    [Fact]
    [Trait("Req", "R-23")]
    public async Task Save_StoreDown_KeepsTheFileAndStoresItLaterWithoutFetching()
    {
        var broken = new BrokenStore();
        await Assert.ThrowsAsync<VideoStoreException>(() => SaverWith(broken).SaveAsync(_job, _provider, 1, StillOurs, CancellationToken.None));
        Assert.True(File.Exists(Slot.Ready));

        await SaveAsync();

        Assert.Single(_provider.Opened);
        Assert.Equal(2, _folder.StoredFiles.Count);
    }

    [Fact]
    [Trait("Req", "R-22")]
    public async Task Save_ToolMissing_DoesNotBlameTheVideo()
    {
        var saver = SaverWith(_folder.Store, new MediaOptions { FfprobePath = _folder.PathOf("missing") });

        await Assert.ThrowsAsync<MediaToolException>(() => saver.SaveAsync(_job, _provider, 1, StillOurs, CancellationToken.None));
        Assert.Empty(_folder.SpooledFiles);
    }

    private void Prepare(string state)
    {
        switch (state)
        {
            case "nothing":
                Remove(Slot.Ready, Slot.Facts, Slot.Poster);
                break;
            case "half a download":
                Remove(Slot.Ready, Slot.Facts, Slot.Poster);
                File.WriteAllBytes(Slot.Part, [1, 2, 3]);
                break;
            case "a whole download":
                Remove(Slot.Facts, Slot.Poster);
                File.Move(Slot.Ready, Slot.Part);
                break;
            case "half a poster":
                Remove(Slot.Facts);
                File.Move(Slot.Ready, Slot.Part);
                File.Move(Slot.Poster, Slot.PosterPart);
                break;
            case "a poster":
                Remove(Slot.Facts);
                File.Move(Slot.Ready, Slot.Part);
                break;
            case "half the facts":
                File.Move(Slot.Ready, Slot.Part);
                File.Move(Slot.Facts, Slot.Facts + ".part");
                break;
            case "the facts":
                File.Move(Slot.Ready, Slot.Part);
                break;
            case "ready":
                Remove(Path.Combine(_folder.Data.Videos, VideoKey));
                break;
            case "ready, stored":
                break;
            case "ready, facts damaged":
                File.WriteAllText(Slot.Facts, """{"providerJobId": 3""");
                break;
            case "ready, facts empty":
                File.WriteAllText(Slot.Facts, "{}");
                break;
            case "ready, facts of another length":
                File.AppendAllText(Slot.Ready, "more");
                break;
            case "ready, facts missing":
                Remove(Slot.Facts);
                break;
            case "ready, poster missing":
                Remove(Slot.Poster);
                break;
            case "ready, of an earlier provider job":
                File.WriteAllText(Slot.Facts, File.ReadAllText(Slot.Facts).Replace(_job.ProviderJobId!, "earlier", StringComparison.Ordinal));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(state), state, message: null);
        }
    }

    private static void Remove(params IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            File.Delete(path);
        }
    }

    private static ResultSaver SaverWith(IVideoStore store, StoreFolder folder, MediaOptions? media = null)
    {
        var tools = Options.Create(media ?? new MediaOptions());
        return new ResultSaver(
            new Spool(folder.Data),
            new ResultDownload(Options.Create(new SavingOptions()), TimeProvider.System),
            new MediaProbe(tools, TimeProvider.System),
            new PosterImage(tools, TimeProvider.System),
            store);
    }

    private ResultSaver SaverWith(IVideoStore store, MediaOptions? media = null) => SaverWith(store, _folder, media);

    private Task<IReadOnlyList<SavedFile>> SaveAsync() => _saver.SaveAsync(_job, _provider, 1, StillOurs, CancellationToken.None);

    private static Task StillOurs(CancellationToken cancellationToken) => Task.CompletedTask;

    private sealed class BrokenStore : IVideoStore
    {
        public Task PutAsync(string key, string localPath, string mediaType, CancellationToken cancellationToken) =>
            throw new VideoStoreException(StoreFault.Down, "down");

        public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken) => throw new VideoStoreException(StoreFault.Down, "down");

        public Task DeleteAsync(string key, CancellationToken cancellationToken) => throw new VideoStoreException(StoreFault.Down, "down");

        public IAsyncEnumerable<StoredEntry> ListAsync(string? after, CancellationToken cancellationToken) =>
            throw new VideoStoreException(StoreFault.Down, "down");

        public Task ProbeAsync(CancellationToken cancellationToken) => throw new VideoStoreException(StoreFault.Down, "down");
    }
}
