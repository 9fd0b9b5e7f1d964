using Microsoft.AspNetCore.Http;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Storage.Remote;

/// <summary>What a store across a network has to do besides, when the network or the other end fails.</summary>
public abstract class RemoteVideoStoreTests : VideoStoreTests
{
    private StoreHost _host = null!;
    private StoreHost _other = null!;

    private protected abstract StoreDouble Server { get; }

    private protected abstract Dictionary<string, string?> Settings { get; }

    /// <summary>What must never be seen in a log or an exception.</summary>
    private protected abstract IReadOnlyList<string> Secrets { get; }

    private protected override IVideoStore Store => _host.Store;

    /// <summary>What <see cref="Store"/> and all around it has logged.</summary>
    private protected string Logged => _host.Log.Text;

    private protected override IVideoStore OtherStore => _other.Store;

    private protected override IReadOnlyList<string> StoredKeys => Server.Keys;

    private protected override int Leftovers => Server.Unfinished;

    public override async ValueTask InitializeAsync()
    {
        await Server.AcceptConnectionsAsync();
        var settings = new Dictionary<string, string?>(Settings, StringComparer.Ordinal) { ["Storage:ListPageSize"] = "2" };
        (_host, _other) = (new StoreHost(settings), new StoreHost(settings));
    }

    public override async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _other.DisposeAsync();
        await Server.DisposeAsync();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData(StoreFault.Full, 1000)]
    [InlineData(StoreFault.Full, Large)]
    [InlineData(StoreFault.Refused, 1000)]
    [InlineData(StoreFault.Refused, Large)]
    [InlineData(StoreFault.Credentials, Large)]
    [InlineData(StoreFault.Down, 1000)]
    [InlineData(StoreFault.Down, Large)]
    public async Task Put_UploadRefusedBeforeItIsRead_SaysWhyAndLeavesNothing(StoreFault fault, int length)
    {
        var (status, body) = RefusalOf(fault);
        Server.Have(StoreMishap.Refusal(IsUpload, status, body));

        var error = await Assert.ThrowsAsync<VideoStoreException>(() => PutAsync(Key, BytesOf(length)));

        Assert.Equal(fault, error.Fault);
        Assert.Empty(StoredKeys);
        Assert.Equal(0, Leftovers);

        Server.Recover();
        await PutAsync(Key, BytesOf(length));
        Assert.Equal(BytesOf(length), Server.BytesOf(Key));
        Assert.Equal(0, Leftovers);
    }

    [Theory]
    [InlineData(1000, 10)]
    [InlineData(Large, 0)]
    [InlineData(Large, 1_000_000)]
    public async Task Put_ConnectionBreaksOnce_GoesOn(int length, int after)
    {
        Server.Have(With(StoreMishap.Reset(IsUpload, after), times: 1));

        await PutAsync(Key, BytesOf(length));

        Assert.Equal(BytesOf(length), Server.BytesOf(Key));
        Assert.Equal(0, Leftovers);
    }

    [Fact]
    public async Task Put_ConnectionAlwaysBreaksInTheMiddle_LeavesNothing()
    {
        Server.Have(StoreMishap.Reset(IsUpload, after: 1_000_000));

        var error = await Assert.ThrowsAsync<VideoStoreException>(() => PutAsync(Key, BytesOf(Large)));

        Assert.Equal(StoreFault.Down, error.Fault);
        Assert.Empty(StoredKeys);
        Assert.Equal(0, Leftovers);
    }

    [Fact]
    public async Task Put_BusyOnce_GoesOn()
    {
        var (status, body) = RefusalOf(StoreFault.Down);
        Server.Have(With(StoreMishap.Refusal(IsUpload, status, body), times: 1));

        await PutAsync(Key, BytesOf(Large));

        Assert.Equal(BytesOf(Large), Server.BytesOf(Key));
        Assert.Equal(0, Leftovers);
    }

    [Fact]
    public async Task Put_NoAnswerEver_EndsAndSaysSo()
    {
        await using var impatient = new StoreHost(new Dictionary<string, string?>(Settings, StringComparer.Ordinal) { ["Storage:IdleTimeout"] = "00:00:01" });
        Server.Have(StoreMishap.Silence(IsUpload));

        var error = await Assert.ThrowsAsync<VideoStoreException>(() => PutAsync(impatient.Store, Key, BytesOf(Large)));

        Assert.Equal(StoreFault.Down, error.Fault);
        Assert.Empty(StoredKeys);
        Assert.Equal(0, Leftovers);
    }

    [Fact]
    [Trait("Req", "R-24")]
    public async Task Put_ThereWithoutAHash_ComparesTheBytes()
    {
        Place(Key, BytesOf(1000));

        await PutAsync(Key, BytesOf(1000));
        var error = await Assert.ThrowsAsync<VideoStoreException>(() => PutAsync(Key, BytesOf(1000, seed: 2)));

        Assert.Equal(StoreFault.Conflict, error.Fault);
        Assert.Equal(BytesOf(1000), Server.BytesOf(Key));
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task AnyCall_KeyNotAccepted_SaysSoWithoutTheKey()
    {
        await PutAsync(Key, [1]);
        RejectKey();

        foreach (var call in new Func<Task>[]
        {
            () => PutAsync("owner/job/video-2.mp4", BytesOf(1000)),
            () => Store.OpenReadAsync(Key, CancellationToken.None),
            () => Store.DeleteAsync(Key, CancellationToken.None),
            () => ListAsync(after: null),
            () => Store.ProbeAsync(CancellationToken.None),
        })
        {
            var error = await Assert.ThrowsAsync<VideoStoreException>(call);
            Assert.Equal(StoreFault.Credentials, error.Fault);
            Assert.All(Secrets, secret => Assert.DoesNotContain(secret, error.ToString(), StringComparison.Ordinal));
        }

        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, Logged, StringComparison.Ordinal));
        Assert.Equal([Key], StoredKeys);
    }

    [Fact]
    [Trait("Req", "R-25")]
    public async Task Read_ConnectionBreaksInTheMiddle_GoesOnWhereItWas()
    {
        var content = new byte[Large];
        await PutAsync(Key, content);
        await using var stream = await OpenAsync(Key);
        Server.Have(With(StoreMishap.Truncation(IsDownload, Large, $"\"{Server.TagOf(Key)}\""), times: 1));

        Assert.Equal(content, await ReadAllAsync(stream));
    }

    [Fact]
    [Trait("Req", "R-25")]
    public async Task Read_AnswerEndsEarly_GoesOnWhereItWas()
    {
        var content = new byte[1000];
        await PutAsync(Key, content);
        await using var stream = await OpenAsync(Key);
        Server.Have(With(StoreMishap.EarlyEnd(IsDownload, content.Length, $"\"{Server.TagOf(Key)}\""), times: 5));

        Assert.Equal(content, await ReadAllAsync(stream));
    }

    [Fact]
    [Trait("Req", "R-25")]
    public async Task Read_StoreIgnoresRanges_FailsInsteadOfGivingOtherBytes()
    {
        await PutAsync(Key, BytesOf(1000));
        await using var stream = await OpenAsync(Key);
        Server.Have(new StoreMishap(IsDownload, async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.Body.WriteAsync(BytesOf(1000));
        }));

        stream.Position = 500;

        await Assert.ThrowsAsync<IOException>(() => ReadAllAsync(stream));
    }

    [Fact]
    [Trait("Req", "R-25")]
    public async Task Read_StoreGoesDown_FailsAndNeverEndsEarly()
    {
        await PutAsync(Key, BytesOf(Large));
        await using var stream = await OpenAsync(Key);
        await TakeDownAsync();

        await Assert.ThrowsAsync<IOException>(() => ReadAllAsync(stream));

        await BringBackAsync();
        Assert.Equal(BytesOf(Large)[(int)stream.Position..], await ReadAllAsync(stream));
    }

    [Fact]
    [Trait("Req", "R-25")]
    public async Task Read_FileReplacedMeanwhile_Fails()
    {
        await PutAsync(Key, BytesOf(Large));
        await using var stream = await OpenAsync(Key);
        await stream.ReadExactlyAsync(new byte[10]);
        Place(Key, BytesOf(Large, seed: 2));

        stream.Position = Large / 2;

        await Assert.ThrowsAsync<IOException>(() => ReadAllAsync(stream));
    }

    [Fact]
    public async Task OpenRead_NotReadYet_AsksForNoByte()
    {
        await PutAsync(Key, BytesOf(1000));

        await using (var stream = await OpenAsync(Key))
        {
            stream.Position = 500;
        }

        Assert.DoesNotContain(Server.Requests, request => IsDownloadOf(request, Key));
    }

    [Fact]
    [Trait("Req", "R-25")]
    public async Task AnyCall_BucketGone_IsTroubleAndNoMissingFile()
    {
        await PutAsync(Key, BytesOf(1000));
        LoseBucket();

        foreach (var call in new Func<Task>[]
        {
            () => Store.OpenReadAsync(Key, CancellationToken.None),
            () => Store.OpenReadAsync("owner/job/video-2.mp4", CancellationToken.None),
            () => Store.DeleteAsync(Key, CancellationToken.None),
            () => ListAsync(after: null),
        })
        {
            Assert.Equal(StoreFault.Refused, (await Assert.ThrowsAsync<VideoStoreException>(call)).Fault);
        }

        Assert.Equal([Key], StoredKeys);
    }

    [Fact]
    [Trait("Req", "R-72")]
    public async Task Start_Configured_ServesThisStoreAlone()
    {
        await _host.StartAsync();

        Assert.Equal(Store, Assert.Single(_host.Stores));
    }

    private protected abstract bool IsUpload(HttpRequest request);

    private protected abstract bool IsDownload(HttpRequest request);

    private protected abstract bool IsDownloadOf(string request, string key);

    /// <summary>How the store says it, in the middle of an upload.</summary>
    private protected abstract (int Status, string Body) RefusalOf(StoreFault fault);

    /// <summary>Puts an object there as another program would.</summary>
    private protected abstract void Place(string key, byte[] content);

    private protected abstract void RejectKey();

    /// <summary>The bucket is removed, or gets another name.</summary>
    private protected abstract void LoseBucket();

    private protected override Task TakeDownAsync() => Server.RefuseConnectionsAsync();

    private protected override Task BringBackAsync() => Server.AcceptConnectionsAsync();

    private protected static StoreMishap With(StoreMishap mishap, int times)
    {
        mishap.Times = times;
        return mishap;
    }
}
