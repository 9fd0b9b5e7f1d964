using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using VideoGen.Simulator;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Tests.SimulatorTests;

/// <summary>A simulator that speaks OpenAI's dialect and the clock of which the test owns, with a client that has a key and tries nothing twice.</summary>
internal sealed class SimulatorRun : IAsyncDisposable
{
    public const string Dialect = "openai";
    public const string Key = "sk-test";

    public static readonly TimeSpan GenerationTime = TimeSpan.FromSeconds(100);

    private readonly TestFolder _folder;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, MaxResponseHeadersLength = 64 });

    private SimulatorRun(ProviderSimulator simulator, TestClock clock, TestFolder folder)
    {
        Simulator = simulator;
        Clock = clock;
        _folder = folder;
    }

    public ProviderSimulator Simulator { get; }

    public TestClock Clock { get; }

    public static async Task<SimulatorRun> StartAsync(Func<SimulatorOptions, SimulatorOptions>? configure = null)
    {
        var clock = new TestClock();
        var folder = new TestFolder();
        var options = new SimulatorOptions
        {
            Dialects = [Dialect],
            GenerationTime = GenerationTime,
            Clock = clock,
            LedgerPath = folder.PathOf("ledger.jsonl"),
        };
        return new SimulatorRun(await ProviderSimulator.StartAsync(configure?.Invoke(options) ?? options, CancellationToken.None), clock, folder);
    }

    public static StringContent Json(string json) => new(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    public static string OrderOf(string prompt) => new JsonObject { ["prompt"] = prompt }.ToJsonString();

    public void Misbehave(Operation operation, MisbehaviourKind kind, int? times = 1) => Simulator.Misbehave(Dialect, operation, kind, times);

    /// <summary>Sends a request with a key; only the headers of the answer have been read when it returns.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">On the dialect's host, or a whole address.</param>
    /// <param name="content">The body.</param>
    /// <param name="headers">"Name: value" lines; the key is among them unless one starts with "Authorization".</param>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, params string[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Simulator.AddressOf(Dialect), path)) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Key}");
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.Remove(header[..colon]);
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim());
        }

        return await _client.SendAsync(request, CancellationToken.None);
    }

    public Task<HttpResponseMessage> PostAsync(string prompt) => SendAsync(HttpMethod.Post, "/v1/videos", Json(OrderOf(prompt)));

    public Task<HttpResponseMessage> GetAsync(string path, params string[] headers) => SendAsync(HttpMethod.Get, path, content: null, headers);

    /// <returns>The id of the accepted job.</returns>
    public async Task<string> CreateAsync(string prompt = "A fox in the snow")
    {
        using var answer = await PostAsync(prompt);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await BodyOf(answer))["id"]!.GetValue<string>();
    }

    /// <returns>The id of a job the result of which can be fetched.</returns>
    public async Task<string> CreateFinishedAsync(string prompt = "A fox in the snow")
    {
        var id = await CreateAsync(prompt);
        Clock.Advance(GenerationTime);
        return id;
    }

    public async Task<JsonObject> CheckAsync(string id)
    {
        using var answer = await GetAsync($"/v1/videos/{id}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await BodyOf(answer);
    }

    public static async Task<JsonObject> BodyOf(HttpResponseMessage answer) =>
        (JsonObject)JsonNode.Parse(await answer.Content.ReadAsByteArrayAsync())!;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Simulator.DisposeAsync();
        _folder.Dispose();
    }
}
