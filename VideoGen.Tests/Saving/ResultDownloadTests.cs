using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Providers;
using VideoGen.Web;
using VideoGen.Web.Saving;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Saving;

public sealed class ResultDownloadTests : IDisposable
{
    private const int Cap = 10_000;

    private readonly TestFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly TestVideoProvider _provider = new();
    private readonly ResultDownload _download;

    public ResultDownloadTests() =>
        _download = new ResultDownload(Options.Create(new SavingOptions { MaxBytes = Cap, IdleTimeout = TimeSpan.FromSeconds(30) }), _clock);

    private string Part => _folder.PathOf("x.part");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(Cap, true)]
    [InlineData(Cap, false)]
    [Trait("Req", "R-22")]
    public async Task Run_WholeFile_IsWrittenAndHashed(int length, bool announced)
    {
        var content = RandomNumberGenerator.GetBytes(length);
        Deliver(content, announced ? length : null);

        var result = await RunAsync();

        Assert.Equal(new DownloadedFile(length, Convert.ToHexStringLower(SHA256.HashData(content))), result);
        Assert.Equal(content, await File.ReadAllBytesAsync(Part));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(101)]
    [InlineData(0)]
    [Trait("Req", "R-22")]
    public async Task Run_LengthNotAsAnnounced_IsTransientAndLeavesNothing(int arriving)
    {
        Deliver(new byte[arriving], announced: 100);

        Assert.True((await Assert.ThrowsAsync<VideoProviderException>(RunAsync)).IsTransient);
        Assert.False(File.Exists(Part));
    }

    [Theory]
    [InlineData(Cap + 1, null)]
    [InlineData(Cap * 20, null)]
    [InlineData(1, Cap + 1L)]
    [InlineData(0, null)]
    [Trait("Req", "R-22")]
    public async Task Run_TooLargeOrEmpty_IsRejectedAndLeavesNothing(int arriving, long? announced)
    {
        Deliver(new byte[arriving], announced);

        await Assert.ThrowsAsync<MediaRejectedException>(RunAsync);
        Assert.False(File.Exists(Part));
    }

    [Fact]
    [Trait("Req", "R-22")]
    public async Task Run_StreamStalls_GivesUpAfterTheIdleTime()
    {
        var stream = new StalledStream(new byte[100]);
        _provider.OnOpenResult = (_, _, _) => Task.FromResult(new ProviderResult(stream, null));
        var running = RunAsync();
        await stream.Stalled;

        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(running.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True((await Assert.ThrowsAsync<VideoProviderException>(() => running)).IsTransient);
        Assert.False(File.Exists(Part));
    }

    [Fact]
    [Trait("Req", "R-22")]
    public async Task Run_TricklesWithoutEnd_GivesUpAfterTheTotalTime()
    {
        _provider.OnOpenResult = (_, _, _) => Task.FromResult(new ProviderResult(new TrickleStream(_clock), null));

        Assert.True((await Assert.ThrowsAsync<VideoProviderException>(RunAsync)).IsTransient);

        Assert.Equal(new SavingOptions().TotalTimeout, _clock.Now - TestClock.Start);
        Assert.False(File.Exists(Part));
    }

    [Fact]
    [Trait("Req", "R-22")]
    public async Task Run_OpeningStalls_GivesUpAfterTheIdleTime()
    {
        _provider.OnOpenResult = async (_, _, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _clock, token);
            throw new InvalidOperationException("Never reached.");
        };
        var running = RunAsync();

        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.True((await Assert.ThrowsAsync<VideoProviderException>(() => running)).IsTransient);
    }

    [Fact]
    [Trait("Req", "R-22")]
    public async Task Run_ConnectionBreaks_IsTransientAndLeavesNothing()
    {
        _provider.OnOpenResult = (_, _, _) => throw new HttpRequestException("reset");

        Assert.True((await Assert.ThrowsAsync<VideoProviderException>(RunAsync)).IsTransient);
        Assert.False(File.Exists(Part));
    }

    [Fact]
    [Trait("Req", "R-21")]
    public async Task Run_ProviderRefuses_PassesItsReasonOn()
    {
        var refusal = new VideoProviderException(FailureKind.LostAtProvider, "Gone.");
        _provider.OnOpenResult = (_, _, _) => throw refusal;

        Assert.Same(refusal, await Assert.ThrowsAsync<VideoProviderException>(RunAsync));
        Assert.False(File.Exists(Part));
    }

    [Fact]
    public async Task Run_Cancelled_StopsAndLeavesNothing()
    {
        using var cancelling = new CancellationTokenSource();
        var stream = new StalledStream(new byte[100]);
        _provider.OnOpenResult = (_, _, _) => Task.FromResult(new ProviderResult(stream, null));
        var running = _download.RunAsync(_provider, "job-1", 0, Part, cancelling.Token);
        await stream.Stalled;

        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.False(File.Exists(Part));
    }

    [Fact]
    [Trait("Req", "R-23")]
    public async Task Run_DiskTakesNothing_IsTroubleOfTheStoreAndNotOfTheProvider()
    {
        // Every write to this device fails for want of room.
        File.CreateSymbolicLink(Part, "/dev/full");
        Deliver(new byte[100], announced: 100);

        await Assert.ThrowsAsync<VideoStoreException>(RunAsync);
        Assert.False(File.Exists(Part));
    }

    // No more files can be opened or made (F37): the folder is the nearest thing to it that a test can take away.
    [Fact]
    public async Task Run_FileCannotBeMade_IsTroubleOfTheStoreAndNothingIsAsked()
    {
        Deliver(new byte[100], announced: 100);

        await Assert.ThrowsAsync<VideoStoreException>(() => _download.RunAsync(_provider, "job-1", 0, _folder.PathOf("gone/x.part"), CancellationToken.None));
        Assert.Empty(_provider.Opened);
    }

    // What could not be flushed may be lost although it can be read: another flush would say that all is well (F36).
    [Fact]
    [Trait("Req", "R-22")]
    public async Task Run_FlushFails_FileIsThrownAwayAndFetchedAnew()
    {
        Deliver(new byte[100], announced: 100);
        CrashPoint.OnReached.Value = point =>
        {
            if (point is CrashPoint.DownloadWhole)
            {
                throw new IOException("Input/output error");
            }
        };

        await Assert.ThrowsAsync<VideoStoreException>(RunAsync);
        Assert.False(File.Exists(Part));

        CrashPoint.OnReached.Value = null;
        Assert.Equal(100, (await RunAsync()).Length);
        Assert.Equal(2, _provider.Opened.Count);
    }

    private void Deliver(byte[] content, long? announced) =>
        _provider.OnOpenResult = (_, _, _) => Task.FromResult(TestVideoProvider.Bytes(content, announced));

    private Task<DownloadedFile> RunAsync() => _download.RunAsync(_provider, "job-1", 0, Part, CancellationToken.None);

    // Never silent for as long as is allowed, and never at an end.
    private sealed class TrickleStream(TestClock clock) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            clock.Advance(TimeSpan.FromSeconds(20));
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(1);
        }
    }
}
