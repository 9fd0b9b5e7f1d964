using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Media;
using VideoGen.Simulator.Misbehaving;
using VideoGen.Web.Providers.Google.Gemini;
using VideoGen.Web.Providers.Google.Vertex;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Google;

/// <summary>One of Google's providers as the application registers it, in front of the simulator, with a clock that both go by.</summary>
internal sealed class GoogleRun : IAsyncDisposable
{
    /// <summary>The only key that the simulator accepts; to be seen nowhere.</summary>
    public const string Key = "canary-4f7d1c";

    public const string Prompt = "A fox in the snow";

    public static readonly TimeSpan GenerationTime = TimeSpan.FromSeconds(100);

    private readonly TestFolder _folder = new();
    private readonly RSA _accountKey = RSA.Create(2048);
    private readonly ProviderSimulator _simulator;
    private readonly ServiceProvider _services;
    private readonly string _dialect;

    private GoogleRun(ProviderSimulator simulator, TestClock clock, string dialect, IReadOnlyDictionary<string, string?> settings)
    {
        _simulator = simulator;
        _dialect = dialect;
        Clock = clock;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(SettingsOf(dialect));
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddLogging();
        builder.Services.AddSingleton<IConfiguration>(builder.Configuration);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddTransport();
        builder.AddVertex();
        builder.AddGemini();
        _services = builder.Services.BuildServiceProvider();
    }

    public TestClock Clock { get; }

    public Ledger Ledger => _simulator.Ledger;

    public IVideoProvider Provider => _services.GetServices<IVideoProvider>().Single();

    public MissingKey Missing(string provider) =>
        _services.GetServices<MissingKey>().Single(missing => string.Equals(missing.ProviderId, provider, StringComparison.Ordinal));

    /// <summary>The public part of the service account's key.</summary>
    public RSA AccountKey => _accountKey;

    public static async Task<GoogleRun> StartAsync(string dialect, params (string Key, string? Value)[] settings)
    {
        var clock = new TestClock();
        var options = new SimulatorOptions { Dialects = [dialect, "google-storage", "vertex"], GenerationTime = GenerationTime, Clock = clock, RequiredKey = Key };
        var simulator = await ProviderSimulator.StartAsync(options, CancellationToken.None);
        return new GoogleRun(simulator, clock, dialect, settings.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal));
    }

    public static VideoRequest Request(string model, string prompt = Prompt) => new()
    {
        SubmitKey = "key-1",
        ModelId = model,
        Prompt = prompt,
        Size = new VideoSize(1280, 720),
        Duration = TimeSpan.FromSeconds(4),
    };

    public static ReferenceImage Image(byte[] bytes) => new("image/png", _ => Task.FromResult<Stream>(new MemoryStream(bytes)));

    public static async Task<byte[]> BytesOfAsync(ProviderResult result)
    {
        await using (result)
        {
            using var bytes = new MemoryStream();
            await result.Content.CopyToAsync(bytes);
            return bytes.ToArray();
        }
    }

    /// <summary>What the simulator makes of <see cref="Request"/>.</summary>
    public static async Task<byte[]> SampleAsync() => await File.ReadAllBytesAsync(await SampleVideos.OfAsync(1280, 720, seconds: 4));

    public void Misbehave(Operation operation, MisbehaviourKind kind, string? dialect = null) =>
        _simulator.Misbehave(new MisbehaviourRule { Dialect = dialect ?? _dialect, Operation = operation, Kind = kind });

    public Task RefuseConnectionsAsync() => _simulator.RefuseConnectionsAsync(_dialect);

    public async Task<string> SubmitFinishedAsync(VideoRequest request)
    {
        var id = await Provider.SubmitAsync(request, CancellationToken.None);
        Clock.Advance(GenerationTime);
        return id;
    }

    public LedgerEntry Only(Operation operation) => Assert.Single(Ledger.Entries(_dialect, operation));

    public JsonObject BodyOf(Operation operation) => (JsonObject)JsonNode.Parse(Only(operation).Body!)!;

    public static void AssertBody(string expected, JsonObject actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());

    public static void AssertNoKeyIn(Exception exception)
    {
        Assert.DoesNotContain(Key, exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, (exception as VideoProviderException)?.Detail ?? "", StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _simulator.DisposeAsync();
        _accountKey.Dispose();
        _folder.Dispose();
    }

    /// <summary>Puts the key file of a service account where the provider looks for it.</summary>
    public string WriteAccount(string email, string? privateKey = null) => _folder.Write("account.json", JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["type"] = "service_account",
        ["client_email"] = email,
        ["private_key_id"] = "key-id",
        ["private_key"] = privateKey ?? _accountKey.ExportPkcs8PrivateKeyPem(),
        ["token_uri"] = new Uri(_simulator.AddressOf("vertex"), "/token").AbsoluteUri,
    }));

    public void BreakAccountFile() => _folder.Write("account.json", Encoding.UTF8.GetBytes("{ nothing"));

    private Dictionary<string, string?> SettingsOf(string dialect) => dialect is "gemini"
        ? new(StringComparer.Ordinal)
        {
            ["Providers:Gemini:ApiKey"] = Key,
            ["Providers:Gemini:BaseAddress"] = new Uri(_simulator.AddressOf(dialect), "/v1beta").AbsoluteUri,
            ["ResultLinks:AllowPrivateAddresses"] = "true",
        }
        : new(StringComparer.Ordinal)
        {
            ["Providers:Vertex:CredentialsFile"] = WriteAccount("studio@project.iam.gserviceaccount.com"),
            ["Providers:Vertex:ProjectId"] = "my-project",
            ["Providers:Vertex:BaseAddress"] = new Uri(_simulator.AddressOf(dialect), "/v1").AbsoluteUri,
            ["Providers:Vertex:StorageAddress"] = new Uri(_simulator.AddressOf("google-storage"), "/storage/v1").AbsoluteUri,
            ["ResultLinks:AllowPrivateAddresses"] = "true",
        };
}
