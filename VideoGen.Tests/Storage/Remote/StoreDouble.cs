using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;

namespace VideoGen.Tests.Storage.Remote;

/// <summary>
/// A store across a network, on a loopback port that it keeps while it is down. It fails on command, and remembers what it was asked.
/// </summary>
internal abstract class StoreDouble : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly List<StoreMishap> _mishaps = [];
    private WebApplication? _app;
    private int _port;
    private int _files;

    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>"METHOD /path?query" of each request, in order.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    protected ConcurrentDictionary<string, StoredBlob> Blobs { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Keys => [.. Blobs.Keys.Order(StringComparer.Ordinal)];

    /// <summary>How many uploads were begun and neither finished nor given up.</summary>
    public abstract int Unfinished { get; }

    public string TagOf(string key) => Blobs[key].Tag;

    public byte[] BytesOf(string key) => File.ReadAllBytes(Blobs[key].Path);

    /// <summary>What becomes of the next requests of a kind, instead of an answer.</summary>
    public void Have(StoreMishap mishap)
    {
        lock (_mishaps)
        {
            _mishaps.Add(mishap);
        }
    }

    /// <summary>All is well again.</summary>
    public void Recover()
    {
        lock (_mishaps)
        {
            _mishaps.Clear();
        }
    }

    public async Task AcceptConnectionsAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "VideoGen.Tests" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, _port);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddLogging();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        var app = builder.Build();
        app.Run(ReceiveAsync);
        await app.StartAsync();
        _port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
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

    public async ValueTask DisposeAsync()
    {
        await RefuseConnectionsAsync();
        _folder.Dispose();
    }

    /// <summary>The answer itself, for a mishap that happens around it.</summary>
    public Task AnswerAsItIsAsync(HttpContext context) => AnswerAsync(context);

    protected abstract Task AnswerAsync(HttpContext context);

    protected string NewFile() => _folder.PathOf($"blob-{Interlocked.Increment(ref _files)}");

    /// <summary>Takes a body, or as much of it as arrives.</summary>
    protected static async Task AppendAsync(HttpRequest request, string path)
    {
        await using var file = new FileStream(path, FileMode.Append, FileAccess.Write);
        await request.Body.CopyToAsync(file, request.HttpContext.RequestAborted);
    }

    /// <summary>Sends a blob, or the one range that was asked for.</summary>
    /// <returns><see langword="false"/> when there is no such range; nothing is sent.</returns>
    protected static async Task<bool> TrySendAsync(HttpContext context, StoredBlob blob)
    {
        var response = context.Response;
        long from = 0;
        var to = blob.Length - 1;
        if (context.Request.GetTypedHeaders().Range is { } wanted)
        {
            var range = wanted.Ranges.Single();
            (from, to) = range.From is { } start ? (start, Math.Min(range.To ?? to, to)) : (blob.Length - range.To!.Value, to);
            if (from >= blob.Length)
            {
                return false;
            }

            response.StatusCode = StatusCodes.Status206PartialContent;
            response.GetTypedHeaders().ContentRange = new ContentRangeHeaderValue(from, to, blob.Length);
        }

        response.ContentType = blob.MediaType;
        response.ContentLength = to - from + 1;
        response.Headers.ETag = $"\"{blob.Tag}\"";
        response.Headers.AcceptRanges = "bytes";
        await response.SendFileAsync(blob.Path, from, to - from + 1, context.RequestAborted);
        return true;
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        _requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        try
        {
            await (TakeMishap(context.Request)?.Happen(context) ?? AnswerAsync(context));
        }
        catch (Exception ex) when (ex is IOException or OperationCanceledException)
        {
            // The client has gone away.
        }
    }

    private StoreMishap? TakeMishap(HttpRequest request)
    {
        lock (_mishaps)
        {
            var mishap = _mishaps.Find(one => one.AppliesTo(request));
            if (mishap is not null && --mishap.Times == 0)
            {
                _mishaps.Remove(mishap);
            }

            return mishap;
        }
    }
}
