using VideoGen.Tests.Storage.Remote;
using VideoGen.Tests.Storage.S3;
using VideoGen.Tests.Storage.Supabase;

namespace VideoGen.Tests.Storage;

/// <summary>
/// No store holds a file in memory. All that the process allocates is counted, so nothing else may run meanwhile; the double is in
/// it and counts as well.
/// </summary>
[Collection(LoadCollection.Name)]
[Trait("Req", "R-22")]
public sealed class StoreMemoryTests : IDisposable
{
    private const int FileLength = 64 * 1024 * 1024;

    // Half of the file: whoever held it once would need twice that.
    private const int Limit = FileLength / 2;

    private readonly TestFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task PutAndRead_LocalLargeFile_IsNeverHeldWhole()
    {
        await using var host = new StoreHost(new Dictionary<string, string?>(StringComparer.Ordinal));

        await MeasureAsync(host);
    }

    [Fact]
    public async Task PutAndRead_SupabaseLargeFile_IsNeverHeldWhole()
    {
        await using var server = new SupabaseServer();
        await server.AcceptConnectionsAsync();
        await using var host = new StoreHost(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storage:Kind"] = "supabase",
            ["Storage:Supabase:Url"] = server.Address.ToString(),
            ["Storage:Supabase:ServiceKey"] = SupabaseServer.Key,
        });

        await MeasureAsync(host);
    }

    [Fact]
    public async Task PutAndRead_S3LargeFile_IsNeverHeldWhole()
    {
        await using var server = new S3Server();
        await server.AcceptConnectionsAsync();
        await using var host = new StoreHost(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storage:Kind"] = "s3",
            ["Storage:S3:Endpoint"] = server.Address.ToString(),
            ["Storage:S3:Bucket"] = S3Server.Bucket,
            ["Storage:S3:AccessKey"] = S3Server.AccessKey,
            ["Storage:S3:SecretKey"] = S3Server.SecretKey,
        });

        await MeasureAsync(host);
    }

    private async Task MeasureAsync(StoreHost host)
    {
        var path = _files.Write("video", new byte[FileLength]);
        await host.Store.PutAsync("owner/job/video-1.mp4", _files.Write("small", [1]), "video/mp4", CancellationToken.None);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        await host.Store.PutAsync("owner/job/video-2.mp4", path, "video/mp4", CancellationToken.None);
        var stored = GC.GetTotalAllocatedBytes(precise: true);
        await using (var stream = await host.Store.OpenReadAsync("owner/job/video-2.mp4", CancellationToken.None))
        {
            await stream!.CopyToAsync(Stream.Null);
            Assert.Equal(FileLength, stream.Position);
        }

        var read = GC.GetTotalAllocatedBytes(precise: true);
        Assert.InRange(stored - before, 0, Limit);
        Assert.InRange(read - stored, 0, Limit);
    }
}
