using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Domain.Providers;
using VideoGen.Web.Data;
using VideoGen.Web.Models;
using VideoGen.Web.Providers;

namespace VideoGen.Tests.Providers;

/// <summary>The providers as the application registers them, with settings of a test's.</summary>
internal sealed class ProviderHost : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly WebApplication _app;

    public ProviderHost(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "VideoGen.Web" });
        builder.WebHost.UseKestrelCore();
        builder.Configuration.AddInMemoryCollection([new("Data:RootPath", _folder.Root), new("ResultLinks:AllowPrivateAddresses", "true"), .. settings]);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddDatabase();
        builder.AddCatalogue();
        builder.AddVideoProviders();
        _app = builder.Build();
    }

    public IVideoProvider Find(string providerId) =>
        _app.Services.GetRequiredService<VideoProviders>().Find(providerId) ?? throw new InvalidOperationException($"{providerId} is not set up.");

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
