using Microsoft.AspNetCore.Http;
using VideoGen.Tests.Storage.Remote;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Storage.S3;

public sealed class S3VideoStoreTests : RemoteVideoStoreTests
{
    private readonly S3Server _server = new();

    private protected override StoreDouble Server => _server;

    private protected override Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["Storage:Kind"] = "s3",
        ["Storage:S3:Endpoint"] = _server.Address.ToString(),
        ["Storage:S3:Bucket"] = S3Server.Bucket,
        ["Storage:S3:AccessKey"] = S3Server.AccessKey,
        ["Storage:S3:SecretKey"] = S3Server.SecretKey,

        // The vendor's client waits seconds before its second and third.
        ["Storage:S3:MaxRetries"] = "1",
    };

    private protected override IReadOnlyList<string> Secrets => [S3Server.AccessKey, S3Server.SecretKey, "secret words"];

    [Fact]
    public async Task Put_Small_IsOneRequestThatOverwritesNothing()
    {
        await PutAsync(Key, BytesOf(1000));

        Assert.Single(Server.Requests, request => request.StartsWith("PUT ", StringComparison.Ordinal));
        Assert.True(_server.WasConditional);
    }

    [Fact]
    public async Task Put_Large_GoesInPartsAndOverwritesNothing()
    {
        await PutAsync(Key, BytesOf(Large));

        Assert.Equal(3, Server.Requests.Count(request => request.Contains("partNumber=", StringComparison.Ordinal)));
        Assert.True(_server.WasConditional);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(Large)]
    [Trait("Req", "R-24")]
    public async Task Put_OthersWereQuickerWithOtherBytes_IsAConflict(int length)
    {
        Server.Have(With(new StoreMishap(IsLastOfUpload, context =>
        {
            Place(Key, BytesOf(length, seed: 2));
            return _server.AnswerAsItIsAsync(context);
        }), times: 1));

        var error = await Assert.ThrowsAsync<VideoStoreException>(() => PutAsync(Key, BytesOf(length)));

        Assert.Equal(StoreFault.Conflict, error.Fault);
        Assert.Equal(BytesOf(length, seed: 2), Server.BytesOf(Key));
        Assert.Equal(0, Leftovers);
    }

    [Fact]
    public async Task Put_AnswerToTheLastRequestIsLost_IsFoundAllTheSame()
    {
        Server.Have(new StoreMishap(IsLastOfUpload, async context =>
        {
            await _server.AnswerAsItIsAsync(context);
            context.Abort();
        }));

        await PutAsync(Key, BytesOf(Large));

        Assert.Equal(BytesOf(Large), Server.BytesOf(Key));
        Assert.Equal(0, Leftovers);
    }

    [Fact]
    public async Task Put_AnswerToTheEndIsLostAndTheNextKnowsNoUpload_IsFoundAllTheSame()
    {
        Server.Have(With(new StoreMishap(IsLastOfUpload, async context =>
        {
            await _server.AnswerAsItIsAsync(context);
            context.Abort();
        }), times: 1));

        await PutAsync(Key, BytesOf(Large));

        Assert.Equal(2, Server.Requests.Count(IsEndOfParts));
        Assert.Equal(BytesOf(Large), Server.BytesOf(Key));
        Assert.Equal(0, Leftovers);
    }

    [Fact]
    [Trait("Req", "R-24")]
    public async Task Put_UploadForgottenAndNothingThere_CanBeTriedAgain()
    {
        Server.Have(With(StoreMishap.Refusal(IsLastOfUpload, 404, S3Server.ErrorOf("NoSuchUpload"), "application/xml"), times: 1));

        var error = await Assert.ThrowsAsync<VideoStoreException>(() => PutAsync(Key, BytesOf(Large)));

        Assert.Equal(StoreFault.Down, error.Fault);
        Assert.Empty(StoredKeys);
    }

    [Fact]
    [Trait("Req", "R-24")]
    public async Task Put_TakenButNotThere_IsNoSuccess()
    {
        Server.Have(new StoreMishap(IsUpload, context => context.Request.Body.CopyToAsync(Stream.Null)));

        var error = await Assert.ThrowsAsync<VideoStoreException>(() => PutAsync(Key, BytesOf(1000)));

        Assert.Equal(StoreFault.Down, error.Fault);
    }

    [Fact]
    public async Task Put_ServiceKnowsNoConditions_StillEndsInOneObject()
    {
        _server.MindsConditions = false;
        var content = BytesOf(Large);

        await Task.WhenAll(PutAsync(Store, Key, content), PutAsync(OtherStore, Key, content));
        var error = await Assert.ThrowsAsync<VideoStoreException>(() => PutAsync(Key, BytesOf(Large, seed: 2)));

        Assert.Equal(StoreFault.Conflict, error.Fault);
        Assert.Equal(content, Server.BytesOf(Key));
    }

    [Fact]
    [Trait("Req", "R-72")]
    public async Task Put_BucketMissing_IsRefused()
    {
        _server.HasBucket = false;

        var error = await Assert.ThrowsAsync<VideoStoreException>(() => PutAsync(Key, BytesOf(1000)));

        Assert.Equal(StoreFault.Refused, error.Fault);
        await Assert.ThrowsAsync<VideoStoreException>(() => Store.ProbeAsync(CancellationToken.None));
    }

    private protected override bool IsUpload(HttpRequest request) => HttpMethods.IsPut(request.Method);

    private protected override bool IsDownload(HttpRequest request) => HttpMethods.IsGet(request.Method);

    private protected override bool IsDownloadOf(string request, string key) => request.StartsWith("GET ", StringComparison.Ordinal);

    private protected override (int Status, string Body) RefusalOf(StoreFault fault) => fault switch
    {
        StoreFault.Full => (507, S3Server.ErrorOf("XMinioStorageFull")),
        StoreFault.Credentials => (403, S3Server.ErrorOf("AccessDenied")),
        StoreFault.Down => (503, S3Server.ErrorOf("SlowDown")),
        _ => (413, S3Server.ErrorOf("EntityTooLarge")),
    };

    private protected override void Place(string key, byte[] content) => _server.Place(key, content);

    private protected override void PlaceForeign(string key, byte[] content) => _server.Place(key, content);

    private protected override void RejectKey() => _server.AcceptedKey = "another";

    private protected override void LoseBucket() => _server.HasBucket = false;

    private static bool IsEndOfParts(string request) =>
        request.StartsWith("POST ", StringComparison.Ordinal) && request.Contains("uploadId=", StringComparison.Ordinal);

    private static bool IsLastOfUpload(HttpRequest request) =>
        (HttpMethods.IsPut(request.Method) && !request.Query.ContainsKey("uploadId"))
        || (HttpMethods.IsPost(request.Method) && request.Query.ContainsKey("uploadId"));
}
