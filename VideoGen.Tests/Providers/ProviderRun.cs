using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Simulator.Bookkeeping;

namespace VideoGen.Tests.Providers;

/// <summary>One provider of the application against one dialect of the simulator. Both go by the clock of the test.</summary>
internal sealed class ProviderRun : IAsyncDisposable
{
    /// <summary>Unlike anything that is cut out for looking like a key.</summary>
    public const string Key = "canary:3f1b77e2";

    public const string Prompt = "A canary says \"bonjour\" in the café\nand flies 🐤 away";

    public static readonly TimeSpan GenerationTime = TimeSpan.FromSeconds(100);

    private ProviderRun(ProviderSimulator simulator, RemoteProviders providers, TestClock clock, string dialect, string id)
    {
        Simulator = simulator;
        Clock = clock;
        Providers = providers;
        Provider = providers[id];
        Dialect = dialect;
    }

    /// <summary>The simulator's name of the dialect.</summary>
    public string Dialect { get; }

    public ProviderSimulator Simulator { get; }

    public RemoteProviders Providers { get; }

    public IVideoProvider Provider { get; }

    public TestClock Clock { get; }

    /// <param name="dialect">The simulator's name of the dialect.</param>
    /// <param name="id">The provider.</param>
    /// <param name="section">Its section; the key is set here.</param>
    /// <param name="path">The path of its base address on the dialect's host.</param>
    /// <param name="settings">More of its settings, by their names in the section.</param>
    public static async Task<ProviderRun> StartAsync(
        string dialect, string id, string section, string path, params IEnumerable<(string Name, string Value)> settings)
    {
        var clock = new TestClock();
        var simulator = await ProviderSimulator.StartAsync(
            new SimulatorOptions { Dialects = [dialect], GenerationTime = GenerationTime, Clock = clock }, CancellationToken.None);
        var address = new Uri(simulator.AddressOf(dialect), path).AbsoluteUri;
        var own = settings.Prepend(("BaseAddress", address)).Prepend(("ApiKey", Key)).Select(setting => ($"{section}:{setting.Item1}", (string?)setting.Item2));
        return new ProviderRun(simulator, new RemoteProviders(clock, own), clock, dialect, id);
    }

    public static VideoRequest Request(string prompt = Prompt) => new()
    {
        SubmitKey = "attempt-1",
        ModelId = "sora-2",
        Prompt = prompt,
        Size = new VideoSize(1280, 720),
        Duration = TimeSpan.FromSeconds(8),
    };

    public static VideoRequest RequestWithImage(byte[] image, string mediaType = "image/png") =>
        Request() with { ReferenceImage = new ReferenceImage(mediaType, _ => Task.FromResult<Stream>(new MemoryStream(image))) };

    /// <summary>The ids of the jobs that the dialect has, oldest first.</summary>
    public IReadOnlyList<string> Accepted => [.. Simulator.Jobs.Of(Dialect).Select(job => job.Id)];

    /// <summary>What reached the dialect.</summary>
    public IReadOnlyList<LedgerEntry> Arrived(Operation operation) => Simulator.Ledger.Entries(Dialect, operation);

    public Task<string> SubmitAsync(VideoRequest? request = null) => Provider.SubmitAsync(request ?? Request(), CancellationToken.None);

    /// <returns>The id of a job the result of which can be fetched.</returns>
    public async Task<string> SubmitFinishedAsync()
    {
        var id = await SubmitAsync();
        Clock.Advance(GenerationTime);
        return id;
    }

    public Task<ProviderJob> CheckAsync(string id) => Provider.CheckAsync(id, CancellationToken.None);

    public Task<ProviderResult> OpenAsync(string id, int index = 0) => Provider.OpenResultAsync(id, index, CancellationToken.None);

    /// <summary>Looks for a submission of which only what was sent is known.</summary>
    /// <param name="intentAt">Now when not given.</param>
    /// <param name="ours">Provider jobs that our own jobs have.</param>
    public Task<string?> FindAsync(VideoRequest? request = null, DateTimeOffset? intentAt = null, params string[] ours) => Provider.FindSubmissionAsync(
        new SubmissionTrace("attempt-1", intentAt ?? Clock.Now, request ?? Request(), (id, _) => Task.FromResult(ours.Contains(id, StringComparer.Ordinal))),
        CancellationToken.None);

    /// <summary>Nothing that is kept or logged gives away the key or the prompt.</summary>
    public void AssertDiscreet(Exception exception)
    {
        var texts = string.Concat(Providers.Log) + exception + (exception as VideoProviderException)?.Detail;
        Assert.DoesNotContain(Key, texts, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("bonjour", texts, StringComparison.OrdinalIgnoreCase);
    }

    public async ValueTask DisposeAsync()
    {
        await Providers.DisposeAsync();
        await Simulator.DisposeAsync();
    }
}
