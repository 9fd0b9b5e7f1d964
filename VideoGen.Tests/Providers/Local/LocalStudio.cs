using Microsoft.Extensions.Logging.Abstractions;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Local;
using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Tests.Providers.Local;

/// <summary>The local renderer with real ffmpeg in a folder of its own; it can be stopped and started again like a server.</summary>
internal sealed class LocalStudio : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FontLibrary _fonts;
    private bool _isStarted;

    public LocalStudio(Action<LocalRendererOptions>? configure = null)
    {
        Options = new LocalRendererOptions { WorkFolder = Path.Combine(_folder.Root, "renders") };
        configure?.Invoke(Options);
        _fonts = new FontLibrary(Microsoft.Extensions.Options.Options.Create(Options), NullLogger<FontLibrary>.Instance);
        (Queue, Provider) = Build();
    }

    public LocalRendererOptions Options { get; }

    public TestFolder Outside => _folder;

    public RenderQueue Queue { get; private set; }

    public LocalVideoProvider Provider { get; private set; }

    public List<string> Files => Directory.Exists(Options.WorkFolder)
        ? [.. Directory.EnumerateFiles(Options.WorkFolder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)]
        : [];

    public static VideoRequest Request(string prompt = "A quiet harbour", long? seed = 7, string key = "job-1") => new()
    {
        SubmitKey = key,
        ModelId = "title-sequence",
        Prompt = prompt,
        Size = new VideoSize(160, 90),
        Duration = TimeSpan.FromSeconds(1),
        FrameRate = 10,
        Seed = seed,
    };

    /// <summary>Long enough to be caught at work.</summary>
    public static VideoRequest LongRequest(string key = "job-1") => Request(key: key) with
    {
        Size = new VideoSize(1280, 720),
        Duration = TimeSpan.FromSeconds(20),
        FrameRate = 60,
    };

    public async Task<LocalStudio> StartAsync()
    {
        _isStarted = true;
        await Queue.StartAsync(CancellationToken.None);
        return this;
    }

    public async Task StopAsync()
    {
        if (_isStarted)
        {
            _isStarted = false;
            await Queue.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>What a new process would have: the folder and nothing else.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        Queue.Dispose();
        (Queue, Provider) = Build();
        await StartAsync();
    }

    public async Task<ProviderJob> EndedAsync(string id)
    {
        ProviderJob? job = null;
        await Eventually.HoldsAsync(async () =>
        {
            job = await Provider.CheckAsync(id, CancellationToken.None);
            return job.State is ProviderJobState.Finished or ProviderJobState.Failed or ProviderJobState.Cancelled;
        });
        return job!;
    }

    /// <summary>Waits until ffmpeg works on it and returns its process id.</summary>
    public async Task<int> WorkingAsync(string id)
    {
        await Eventually.HoldsAsync(() => Queue.Find(id) is { ProcessId: not null, Progress: > 0 });
        return Queue.Find(id)!.ProcessId!.Value;
    }

    /// <summary>Renders and returns the path of the finished file, copied out of the provider as the engine does.</summary>
    public async Task<string> RenderAsync(VideoRequest request)
    {
        var id = await Provider.SubmitAsync(request, CancellationToken.None);
        var job = await EndedAsync(id);
        Assert.True(job.State == ProviderJobState.Finished, $"{job.State}: {job.Failure?.Message} {job.Failure?.Detail}");
        await using var result = await Provider.OpenResultAsync(id, 0, CancellationToken.None);
        var path = _folder.PathOf(id + ".mp4");
        await using var file = File.Create(path);
        await result.Content.CopyToAsync(file);
        Assert.Equal(result.Length, file.Length);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Queue.Dispose();
        _fonts.Dispose();
        _folder.Dispose();
    }

    private (RenderQueue, LocalVideoProvider) Build()
    {
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        var folder = new RenderFolder(options);
        var queue = new RenderQueue(options, folder, new SceneRenderer(options, folder, _fonts), TimeProvider.System, NullLogger<RenderQueue>.Instance);
        return (queue, new LocalVideoProvider(options, folder, queue, TimeProvider.System));
    }
}
