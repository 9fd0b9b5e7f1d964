using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;

namespace VideoGen.Web.Providers.Local;

/// <summary>
/// Works off the renders, a bounded number at once. What is to be done is on disk: this only remembers what is going on, and
/// after a restart begins again with every request that has no video.
/// </summary>
internal sealed partial class RenderQueue(
    IOptions<LocalRendererOptions> options, RenderFolder folder, SceneRenderer renderer, TimeProvider clock, ILogger<RenderQueue> logger) : BackgroundService
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Render> _renders = new(StringComparer.Ordinal);
    private readonly Channel<Render> _waiting = Channel.CreateUnbounded<Render>();

    /// <summary>Queues a render whose request is on disk, unless it is known already.</summary>
    public Render Enqueue(string key)
    {
        var added = new Render(key, clock.GetUtcNow());
        var render = _renders.GetOrAdd(key, added);
        if (ReferenceEquals(render, added))
        {
            _waiting.Writer.TryWrite(render);
        }

        return render;
    }

    public Render? Find(string key) => _renders.GetValueOrDefault(key);

    /// <summary>Forgets a render that has ended.</summary>
    public void Forget(string key)
    {
        if (_renders.TryRemove(key, out var render))
        {
            render.Dispose();
        }
    }

    public override void Dispose()
    {
        foreach (var render in _renders.Values)
        {
            render.Dispose();
        }

        base.Dispose();
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anybody can submit: what lies here now was left by another life of this process. However old it is, its job
        // may still want it: nobody could fetch it while the server was off.
        Sweep(DateTimeOffset.MinValue);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var workers = Enumerable.Range(0, options.Value.MaxConcurrentRenders).Select(_ => WorkAsync(stoppingToken));
        await Task.WhenAll([.. workers, SweepRegularlyAsync(stoppingToken)]);
    }

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var render in _waiting.Reader.ReadAllAsync(stoppingToken))
            {
                if (render.TryStart())
                {
                    await RunAsync(render, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; unfinished renders begin again at the next start.
        }
    }

    private async Task RunAsync(Render render, CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(options.Value.RenderLimit, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, render.Cancelled, limit.Token);
        JobFailure? failure = null;
        try
        {
            await renderer.RenderAsync(render.Key, render.Began, render.Report, stop.Token);
        }
        catch (OperationCanceledException) when (render.Cancelled.IsCancellationRequested || stoppingToken.IsCancellationRequested)
        {
            // Told to stop; whoever did so takes it from here.
        }
        catch (OperationCanceledException)
        {
            failure = new JobFailure(FailureKind.ProviderError, "Rendering took too long and was stopped. Try a shorter or smaller video.");
        }
        catch (RenderFailedException ex)
        {
            LogFailed(ex, render.Key, ex.Detail);
            failure = new JobFailure(FailureKind.ProviderError, ex.Message, ex.Detail);
        }
        catch (Exception ex)
        {
            // One render's trouble (a full disk, a broken file) must not end the worker.
            LogFailed(ex, render.Key, detail: null);
            failure = new JobFailure(FailureKind.ProviderError, "The video could not be rendered on this server.", ex.GetType().Name);
        }

        await EndAsync(render, failure, stoppingToken);
    }

    private async Task EndAsync(Render render, JobFailure? failure, CancellationToken stoppingToken)
    {
        try
        {
            folder.RemoveScratch(render.Key);
            if (failure is not null)
            {
                await folder.SaveFailureAsync(render.Key, failure, CancellationToken.None);
            }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            // Still told to whoever asks in this life of the process; the next one tries again.
            LogFailed(ex, render.Key, detail: null);
        }

        render.End(failure, wasStopped: stoppingToken.IsCancellationRequested && !folder.HasVideo(render.Key));
    }

    private async Task SweepRegularlyAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SweepInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Sweep(clock.GetUtcNow() - options.Value.KeepFor);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private void Sweep(DateTimeOffset oldest)
    {
        try
        {
            foreach (var (key, render) in _renders)
            {
                if (render.HasEnded && render.QueuedAt < oldest)
                {
                    Forget(key);
                }
            }

            foreach (var key in folder.Sweep(oldest, _renders.ContainsKey))
            {
                LogRenderedAgain(key);
                Enqueue(key);
            }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            LogSweepFailed(ex);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Render {Key} failed. {Detail}")]
    private partial void LogFailed(Exception exception, string key, string? detail);

    [LoggerMessage(Level = LogLevel.Information, Message = "Render {Key} was not finished and is rendered again.")]
    private partial void LogRenderedAgain(string key);

    [LoggerMessage(Level = LogLevel.Error, Message = "The folder of the local renderer could not be tidied.")]
    private partial void LogSweepFailed(Exception exception);
}
