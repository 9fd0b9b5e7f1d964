using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Web.Models;
using VideoGen.Web.Providers.Fal;
using VideoGen.Web.Providers.Replicate;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Catalogued;

/// <summary>
/// One provider that runs any model, registered as the application does it and with its own catalogue, against one dialect of the
/// simulator. Both go by the clock of the test.
/// </summary>
internal sealed class CataloguedRun : IAsyncDisposable
{
    /// <summary>Unlike anything that is cut out for looking like a key.</summary>
    public const string Key = "canary:3f1b77e2";

    public const string Prompt = "A canary says bonjour in the garden";

    public static readonly TimeSpan GenerationTime = TimeSpan.FromSeconds(100);

    private readonly ServiceProvider _services;
    private readonly TestFolder _folder;

    private CataloguedRun(ProviderSimulator simulator, ServiceProvider services, TestClock clock, string dialect, TestFolder folder)
    {
        _services = services;
        _folder = folder;
        Simulator = simulator;
        Clock = clock;
        Dialect = dialect;
        Provider = services.GetServices<IVideoProvider>().Single();
    }

    /// <summary>The simulator's name of the dialect; also the provider's id.</summary>
    public string Dialect { get; }

    public ProviderSimulator Simulator { get; }

    public IVideoProvider Provider { get; }

    public TestClock Clock { get; }

    public CallbackAddresses Callbacks => _services.GetRequiredService<CallbackAddresses>();

    public static Task<CataloguedRun> FalAsync(VideoModel? model = null, string? publicAddress = null) => StartAsync("fal", "Providers:Fal", "/", model, publicAddress);

    public static Task<CataloguedRun> ReplicateAsync(VideoModel? model = null, string? publicAddress = null) =>
        StartAsync("replicate", "Providers:Replicate", "/v1/", model, publicAddress);

    public static VideoRequest Request(string modelId) => new()
    {
        SubmitKey = "attempt-1",
        ModelId = modelId,
        Prompt = Prompt,
        Size = new VideoSize(1280, 720),
        Duration = TimeSpan.FromSeconds(8),
    };

    public static ReferenceImage Image(params byte[] bytes) => new("image/png", _ => Task.FromResult<Stream>(new MemoryStream(bytes)));

    /// <summary>An entry for what no shipped one needs.</summary>
    public static VideoModel Model(string providerId, string id, string input) => new()
    {
        ProviderId = providerId,
        ProviderName = providerId,
        Id = id,
        Name = id,
        Sizes = [new VideoSize(1280, 720)],
        Durations = [TimeSpan.FromSeconds(8)],
        DefaultDuration = TimeSpan.FromSeconds(8),
        UsualTime = new UsualTime(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90)),
        Input = new ModelInput(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(input)!),
    };

    public IReadOnlyList<LedgerEntry> Arrived(Operation operation) => Simulator.Ledger.Entries(Dialect, operation);

    public Task<string> SubmitAsync(VideoRequest request) => Provider.SubmitAsync(request, CancellationToken.None);

    public Task<ProviderJob> CheckAsync(string id) => Provider.CheckAsync(id, CancellationToken.None);

    public Task<ProviderResult> OpenAsync(string id, int index = 0) => Provider.OpenResultAsync(id, index, CancellationToken.None);

    /// <summary>The one request for a video that arrived is this one.</summary>
    public LedgerEntry AssertCreated(string path, JsonObject body)
    {
        var create = Assert.Single(Arrived(Operation.Create));
        Assert.Equal(("POST", path), (create.Method, create.Path));
        Assert.True(JsonNode.DeepEquals(body, JsonNode.Parse(create.Body!)), create.Body);
        return create;
    }

    /// <summary>Nothing that is kept gives away the key or the prompt.</summary>
    public static void AssertDiscreet(Exception exception)
    {
        var texts = exception + (exception as VideoProviderException)?.Detail;
        Assert.DoesNotContain(Key, texts, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("bonjour", texts, StringComparison.OrdinalIgnoreCase);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Simulator.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<CataloguedRun> StartAsync(string dialect, string section, string path, VideoModel? model, string? publicAddress)
    {
        var clock = new TestClock();
        var folder = new TestFolder();
        var simulator = await ProviderSimulator.StartAsync(new SimulatorOptions { GenerationTime = GenerationTime, Clock = clock }, CancellationToken.None);
        var shipped = CatalogueFile.Read(Path.Combine(AppContext.BaseDirectory, new CatalogueOptions().Path)).Models;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ResultLinks:AllowPrivateAddresses"] = "true",
            [$"{section}:ApiKey"] = Key,
            [$"{section}:BaseAddress"] = new Uri(simulator.AddressOf(dialect), path).AbsoluteUri,
            ["Webhooks:PublicAddress"] = publicAddress,
        });
        builder.Services.AddLogging();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(new ModelCatalogue(model is null ? shipped : [.. shipped, model]));
        builder.Services.AddSingleton(new CallbackKey(() => folder.Root));
        builder.Services.AddTransport();
        builder.AddFal();
        builder.AddReplicate();
        return new CataloguedRun(simulator, builder.Services.BuildServiceProvider(), clock, dialect, folder);
    }
}
