using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Dialects;
using VideoGen.Simulator.Media;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Simulator.Hosting;

/// <summary>One dialect on a loopback port of its own, which it keeps while it refuses connections.</summary>
internal sealed class DialectHost(World world, Dialect dialect) : IAsyncDisposable
{
    private const long LargestRequest = 128 * 1024 * 1024;

    private static readonly TimeSpan PatienceWithOpenRequests = TimeSpan.FromMilliseconds(200);

    private WebApplication? _app;
    private int _port;

    public string Name => dialect.Name;

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public async Task AcceptConnectionsAsync(CancellationToken cancellationToken)
    {
        if (_app is not null)
        {
            return;
        }

        var app = Build();
        await app.StartAsync(cancellationToken);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        _port = new Uri(addresses.Addresses.Single()).Port;
        _app = app;
    }

    /// <summary>Cuts open connections as well.</summary>
    public async Task RefuseConnectionsAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await RefuseConnectionsAsync();

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "VideoGen.Simulator" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, _port);
            kestrel.Limits.MaxRequestBodySize = LargestRequest;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddLogging();
        builder.Services.AddRouting();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = PatienceWithOpenRequests);

        var app = builder.Build();
        var ledger = new LedgerMiddleware(world, dialect);
        var misbehaviours = new MisbehaviourMiddleware(world, dialect);
        app.UseRouting();
        app.UseWhen(context => !context.Request.Path.StartsWithSegments(ControlEndpoints.Folder, StringComparison.Ordinal), vendor =>
        {
            vendor.Use(ledger.InvokeAsync);
            vendor.Use(misbehaviours.InvokeAsync);
        });
        ControlEndpoints.Map(app, world);
        SignedFileEndpoint.Map(app, world, dialect);
        dialect.Map(app);
        return app;
    }
}
