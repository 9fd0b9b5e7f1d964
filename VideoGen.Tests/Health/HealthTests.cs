using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Tests.App;
using VideoGen.Web.Data;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Health;

[Trait("Req", "R-72")]
public sealed class HealthTests : IAsyncLifetime
{
    private readonly DownStore _store = new();
    private StudioServer _server = null!;
    private Visitor _watchdog = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await StudioServer.StartAsync(replace: services => services.AddSingleton<IVideoStore>(_store));
        _watchdog = _server.NewVisitor();
    }

    public ValueTask DisposeAsync()
    {
        _watchdog.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task Health_AllIsWell_IsSaidToStrangersBeforeTheFirstAccount()
    {
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync("/health/live"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync("/health/ready"));
    }

    [Fact]
    public async Task Ready_DatabaseFails_IsNotReadyButAlive()
    {
        await using (var db = await _server.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync())
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE AspNetRoles RENAME TO Gone");
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), await AskAsync("/health/ready"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync("/health/live"));
    }

    [Fact]
    public async Task Ready_SpoolCannotBeWritten_IsNotReady()
    {
        Directory.Delete(_server.Services.GetRequiredService<DataFolder>().Spool, recursive: true);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), await AskAsync("/health/ready"));
    }

    [Fact]
    public async Task Ready_LookedAtOften_LeavesNothingInTheSpool()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AskAsync("/health/ready")));

        Assert.Empty(Directory.GetFileSystemEntries(_server.Services.GetRequiredService<DataFolder>().Spool, "*.probe"));
    }

    [Fact]
    public async Task Ready_StoreIsDown_StillTakesWork()
    {
        _store.IsDown = true;

        Assert.Equal((HttpStatusCode.OK, "Degraded"), await AskAsync("/health/ready"));
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(string path)
    {
        using var answer = await _watchdog.Client.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private sealed class DownStore : IVideoStore
    {
        public bool IsDown { get; set; }

        public Task ProbeAsync(CancellationToken cancellationToken) =>
            IsDown ? throw new VideoStoreException(StoreFault.Down, "The test says so.") : Task.CompletedTask;

        public Task PutAsync(string key, string localPath, string mediaType, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task DeleteAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<StoredEntry> ListAsync(string? after, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
