using Microsoft.AspNetCore.Http;
using VideoGen.Tests.Storage.Remote;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Storage.Supabase;

public sealed class SupabaseVideoStoreTests : RemoteVideoStoreTests
{
    private readonly SupabaseServer _server = new();

    private protected override StoreDouble Server => _server;

    private protected override Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["Storage:Kind"] = "supabase",
        ["Storage:Supabase:Url"] = _server.Address.ToString(),
        ["Storage:Supabase:ServiceKey"] = SupabaseServer.Key,
    };

    private protected override IReadOnlyList<string> Secrets => [SupabaseServer.Key];

    [Fact]
    public async Task Put_BucketMissing_MakesAPrivateOne()
    {
        _server.Buckets.Clear();

        await PutAsync(Key, BytesOf(1000));

        Assert.Equal([new(SupabaseServer.Bucket, false)], _server.Buckets);
        Assert.Equal([Key], StoredKeys);
    }

    [Fact]
    public async Task Probe_BucketMissing_MakesIt()
    {
        _server.Buckets.Clear();

        await Store.ProbeAsync(CancellationToken.None);
        await Store.ProbeAsync(CancellationToken.None);

        Assert.Single(_server.Buckets);
    }

    [Fact]
    [Trait("Req", "R-25")]
    public async Task AnyCall_BucketGoneButOnlyTheKeyIsSaidToBeMissing_IsTroubleAllTheSame()
    {
        _server.Buckets.Clear();
        Server.Have(StoreMishap.Refusal(IsOfObject, 400, SupabaseServer.ErrorOf("404", "NoSuchKey", "Object not found")));

        foreach (var call in new Func<Task>[]
        {
            () => Store.OpenReadAsync(Key, CancellationToken.None),
            () => Store.DeleteAsync(Key, CancellationToken.None),
        })
        {
            Assert.Equal(StoreFault.Refused, (await Assert.ThrowsAsync<VideoStoreException>(call)).Fault);
        }
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    [Trait("Req", "R-50")]
    public async Task Probe_BucketThere_WarnsOnceIfItIsPublicAndGoesOn(bool isPublic, int warnings)
    {
        _server.Buckets[SupabaseServer.Bucket] = isPublic;

        await Store.ProbeAsync(CancellationToken.None);
        await Store.ProbeAsync(CancellationToken.None);
        await PutAsync(Key, BytesOf(1000));

        Assert.Equal(warnings, Logged.Split("is public").Length - 1);
        Assert.DoesNotContain(SupabaseServer.Key, Logged, StringComparison.Ordinal);
        Assert.Equal([new(SupabaseServer.Bucket, isPublic)], _server.Buckets);
        Assert.Equal(BytesOf(1000), await ReadAsync(Key));
    }

    [Fact]
    public async Task Put_Large_GoesInChunksOfSixMebibytes()
    {
        await PutAsync(Key, BytesOf(Large));

        Assert.Equal(3, Server.Requests.Count(request => request.StartsWith("PATCH ", StringComparison.Ordinal)));
        Assert.Equal(HashOf(BytesOf(Large)), _server.Sha256Of(Key));
    }

    [Fact]
    public async Task Put_TooLargeForTheProject_IsRefusedBeforeAByteIsSent()
    {
        _server.LargestObject = 1000;

        var error = await Assert.ThrowsAsync<VideoStoreException>(() => PutAsync(Key, BytesOf(1001)));

        Assert.Equal(StoreFault.Refused, error.Fault);
        Assert.DoesNotContain(Server.Requests, request => request.StartsWith("PATCH ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Put_AnswerSaysLessThanWasSent_GoesOnFromThere()
    {
        Server.Have(With(_server.PartlyTaken(3_000_000), times: 1));

        await PutAsync(Key, BytesOf(Large));

        Assert.Equal(BytesOf(Large), Server.BytesOf(Key));
    }

    [Fact]
    public async Task Put_OthersWereQuickerWithOtherBytes_IsAConflict()
    {
        Server.Have(With(new StoreMishap(IsUpload, context =>
        {
            Place(Key, BytesOf(1000, seed: 2));
            context.Abort();
            return Task.CompletedTask;
        }), times: 1));

        var error = await Assert.ThrowsAsync<VideoStoreException>(() => PutAsync(Key, BytesOf(1000)));

        Assert.Equal(StoreFault.Conflict, error.Fault);
        Assert.Equal(BytesOf(1000, seed: 2), Server.BytesOf(Key));
        Assert.Equal(0, Leftovers);
    }

    [Fact]
    public async Task OpenRead_AddressWithoutStorage_IsNoMissingFile()
    {
        await using var elsewhere = new StoreHost(new Dictionary<string, string?>(Settings, StringComparer.Ordinal)
        {
            ["Storage:Supabase:Url"] = $"{_server.Address}elsewhere/",
        });

        var error = await Assert.ThrowsAsync<VideoStoreException>(() => elsewhere.Store.OpenReadAsync(Key, CancellationToken.None));

        Assert.Equal(StoreFault.Refused, error.Fault);
    }

    [Theory]
    [InlineData("409", "KeyAlreadyExists", StoreFault.Conflict)]
    [InlineData("403", "AccessDenied", StoreFault.Credentials)]
    [InlineData("400", "InvalidJWT", StoreFault.Credentials)]
    [InlineData("413", "EntityTooLarge", StoreFault.Refused)]
    [InlineData("415", "InvalidMimeType", StoreFault.Refused)]
    [InlineData("400", "InvalidKey", StoreFault.Refused)]
    [InlineData("429", "TooManyRequests", StoreFault.Down)]
    [InlineData("500", "InternalError", StoreFault.Down)]
    [InlineData("544", "DatabaseTimeout", StoreFault.Down)]
    [InlineData("503", "SlowDown", StoreFault.Down)]
    [InlineData("507", "Whatever", StoreFault.Full)]
    [InlineData("418", "Whatever", StoreFault.Refused)]
    public async Task Delete_Refused_GoesByTheCodeAndTheStatusInTheBody(string status, string code, StoreFault fault)
    {
        Server.Have(StoreMishap.Refusal(request => HttpMethods.IsDelete(request.Method), 400, SupabaseServer.ErrorOf(status, code, $"Told with {SupabaseServer.Key}")));

        var error = await Assert.ThrowsAsync<VideoStoreException>(() => Store.DeleteAsync(Key, CancellationToken.None));

        Assert.Equal(fault, error.Fault);
        Assert.Contains($"{status} {code}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(SupabaseServer.Key, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>", 502, StoreFault.Down)]
    [InlineData("{\"message\":\"No API key found in request\"}", 401, StoreFault.Credentials)]
    [InlineData("", 404, StoreFault.Refused)]
    public async Task Delete_AnsweredByAGateway_GoesByTheStatus(string body, int status, StoreFault fault)
    {
        Server.Have(StoreMishap.Refusal(request => HttpMethods.IsDelete(request.Method), status, body));

        var error = await Assert.ThrowsAsync<VideoStoreException>(() => Store.DeleteAsync(Key, CancellationToken.None));

        Assert.Equal(fault, error.Fault);
    }

    private protected override bool IsUpload(HttpRequest request) => HttpMethods.IsPatch(request.Method);

    private protected override bool IsDownload(HttpRequest request) => request.Path.Value!.Contains("/object/authenticated/", StringComparison.Ordinal);

    private protected override bool IsDownloadOf(string request, string key) => request.EndsWith($"/object/authenticated/{SupabaseServer.Bucket}/{key}", StringComparison.Ordinal);

    private protected override (int Status, string Body) RefusalOf(StoreFault fault) => fault switch
    {
        StoreFault.Full => (507, "Insufficient storage"),
        StoreFault.Credentials => (400, SupabaseServer.ErrorOf("403", "AccessDenied", "\"exp\" claim timestamp check failed")),
        StoreFault.Down => (503, "Slow down"),
        _ => (413, "upload's size exceeded"),
    };

    private protected override void Place(string key, byte[] content) => _server.Place(key, content);

    private protected override void PlaceForeign(string key, byte[] content) => _server.Place(key, content);

    private protected override void RejectKey() => _server.AcceptedKey = "another";

    private protected override void LoseBucket() => _server.Buckets.Clear();

    private static bool IsOfObject(HttpRequest request) => request.Path.Value!.Contains("/object/", StringComparison.Ordinal);
}
