using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VideoGen.Web.Data;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Storage.Remote;

/// <summary>The storage of the application with its own registrations, as the settings say; one process of possibly several.</summary>
internal sealed class StoreHost : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly WebApplication _app;

    public StoreHost(IReadOnlyDictionary<string, string?> settings, TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "VideoGen.Web" });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([new("Data:RootPath", _folder.PathOf("data"))]);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        builder.AddDatabase();
        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        builder.AddStorage();
        _app = builder.Build();
    }

    /// <summary>Everything that was logged.</summary>
    public RecordedLog Log { get; } = new();

    public IVideoStore Store => _app.Services.GetRequiredService<IVideoStore>();

    public IEnumerable<IVideoStore> Stores => _app.Services.GetServices<IVideoStore>();

    public Task StartAsync() => _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
