using System.Text.Json.Nodes;
using VideoGen.Simulator;
using VideoGen.Tests.Architecture;

namespace VideoGen.Tests.Providers;

/// <summary>Every provider across a network, set up to speak with a simulator, each with a key of its own.</summary>
internal sealed class SimulatedProviders : IAsyncDisposable
{
    // Its section, the dialect that it speaks, and where its API begins there.
    private static readonly (string Id, string Section, string Dialect, string Path)[] Known =
    [
        ("openai", "OpenAI", "openai", "v1/"),
        ("azure-openai", "AzureOpenAI", "openai", "v1/"),
        ("litellm", "LiteLLM", "openai", "v1/"),
        ("azure-sora", "AzureSora", "azure-sora", ""),
        ("runway", "Runway", "runway", "v1/"),
        ("luma", "Luma", "luma", "dream-machine/v1/"),
        ("luma-agents", "LumaAgents", "luma-agents", "v1/"),
        ("fal", "Fal", "fal", ""),
        ("replicate", "Replicate", "replicate", "v1/"),
        ("vertex", "Vertex", "vertex", "v1/"),
        ("gemini", "Gemini", "gemini", "v1beta/"),
    ];

    private SimulatedProviders(ProviderSimulator simulator)
    {
        Simulator = simulator;
        Settings = Known
            .SelectMany(provider => SettingsOf(provider.Id, provider.Section, new Uri(simulator.AddressOf(provider.Dialect), provider.Path)))
            .Append(new("Providers:Vertex:AccessToken", KeyOf("vertex")))
            .Append(new("Providers:Vertex:ProjectId", "studio-1"))
            .Append(new("Webhooks:PublicAddress", "https://studio.example/"))
            .Append(new("ResultLinks:AllowPrivateAddresses", "true"))
            .Append(new("Engine:PollInterval", "00:00:01"))
            .ToDictionary(StringComparer.Ordinal);
        Models = FirstModels();
    }

    public ProviderSimulator Simulator { get; }

    public IReadOnlyDictionary<string, string> Settings { get; }

    public static IEnumerable<string> Keys => Known.Select(provider => KeyOf(provider.Id));

    /// <summary>One model of each provider as "provider/model".</summary>
    public IReadOnlyList<string> Models { get; }

    /// <summary>The shipped catalogue cut down to <see cref="Models"/>, and none of them retired: the dialects outlive the models.</summary>
    public string Catalogue { get; } = new JsonObject { ["models"] = new JsonArray([.. FirstEntries()]) }.ToJsonString();

    /// <param name="options">How the simulator behaves; every dialect is needed. Jobs take 2 s when not given.</param>
    public static async Task<SimulatedProviders> StartAsync(SimulatorOptions? options = null) => new(await ProviderSimulator.StartAsync(
        options ?? new SimulatorOptions { GenerationTime = TimeSpan.FromSeconds(2) }, CancellationToken.None));

    public ValueTask DisposeAsync() => Simulator.DisposeAsync();

    private static string KeyOf(string id) => $"canary-{id}-5f2c8e";

    private static IEnumerable<KeyValuePair<string, string>> SettingsOf(string id, string section, Uri address) =>
    [
        new($"Providers:{section}:ApiKey", KeyOf(id)),
        new($"Providers:{section}:BaseAddress", address.AbsoluteUri),
        new($"Providers:{section}:PollInterval", "00:00:00.5"),
    ];

    private static IReadOnlyList<string> FirstModels() => [.. FirstEntries().Select(entry => $"{entry["provider"]}/{entry["id"]}")];

    private static IEnumerable<JsonObject> FirstEntries() => Known.Select(provider =>
    {
        var shipped = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "VideoGen.Web", "models.json")))!["models"]!.AsArray();
        var entry = (JsonObject)shipped.First(model => string.Equals(model!["provider"]!.GetValue<string>(), provider.Id, StringComparison.Ordinal))!.DeepClone();
        entry.Remove("lifecycle");
        return entry;
    });
}
