using VideoGen.Domain.Providers;

namespace VideoGen.Tests.Providers.OpenAi;

/// <summary>Several services that speak the dialect, side by side.</summary>
[Trait("Req", "R-02")]
public sealed class OpenAiInstancesTests : IAsyncLifetime
{
    private static readonly (string Id, string Section, string Path, string Header, string Value)[] Instances =
    [
        ("openai", "Providers:OpenAI", "v1", "Authorization", "Bearer key of openai"),
        ("azure-openai", "Providers:AzureOpenAI", "openai/v1/", "api-key", "key of azure-openai"),
        ("litellm", "Providers:LiteLLM", "", "Authorization", "Bearer key of litellm"),
        ("saygm", "Providers:Gateways:SayGM", "v1/", "Authorization", "Bearer key of saygm"),
    ];

    private readonly Dictionary<string, ScriptedHost> _hosts = new(StringComparer.Ordinal);
    private RemoteProviders _providers = null!;

    public async ValueTask InitializeAsync()
    {
        var settings = new List<(string, string?)>();
        foreach (var (id, section, path, _, _) in Instances)
        {
            var host = await ScriptedHost.StartAsync();
            host.AnswerAlways("""{"id":"video_1","status":"completed"}""");
            _hosts.Add(id, host);
            settings.Add(($"{section}:ApiKey", $"key of {id}"));
            settings.Add(($"{section}:BaseAddress", new Uri(host.Address, path).AbsoluteUri));
        }

        _providers = new RemoteProviders(new TestClock(), settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _providers.DisposeAsync();
        foreach (var host in _hosts.Values)
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task EachInstance_SendsItsKey_ToItsOwnHostOnly()
    {
        foreach (var (id, _, _, _, _) in Instances)
        {
            await _providers[id].SubmitAsync(ProviderRun.Request(), CancellationToken.None);
            await _providers[id].CheckAsync("video_1", CancellationToken.None);
            await (await _providers[id].OpenResultAsync("video_1", 0, CancellationToken.None)).DisposeAsync();
        }

        foreach (var (id, _, path, header, value) in Instances)
        {
            var root = path.Length > 0 ? $"/{path.TrimEnd('/')}" : "";
            Assert.Equal(
                [$"{root}/videos", $"{root}/videos/video_1", $"{root}/videos/video_1/content"],
                _hosts[id].Arrivals.Select(arrival => arrival.Target),
                StringComparer.Ordinal);
            Assert.All(_hosts[id].Arrivals, arrival =>
            {
                Assert.Equal(value, arrival.Headers[header]);
                Assert.Equal([header], arrival.Headers.Keys.Where(name => name.ToUpperInvariant() is "AUTHORIZATION" or "API-KEY"), StringComparer.Ordinal);
            });
        }
    }

    [Fact]
    public void Registered_OnlyThoseWithAKey_OthersNameTheSetting()
    {
        Assert.Equal(Instances.Select(instance => instance.Id), _providers.Ids, StringComparer.Ordinal);
        Assert.Equal(["Providers:AzureSora:ApiKey"], _providers.Missing.Select(missing => missing.Setting), StringComparer.Ordinal);
    }

    [Fact]
    public void SubmissionLookup_OnlyWhereListingIsReliable()
    {
        Assert.Equal(
            [SubmissionLookup.Likely, SubmissionLookup.Likely, SubmissionLookup.None, SubmissionLookup.None],
            Instances.Select(instance => _providers[instance.Id].Capabilities.SubmissionLookup));
    }

    [Fact]
    public async Task Sentences_NameTheService()
    {
        _hosts["saygm"].AnswerAlways("", status: 402);

        var refusal = await Assert.ThrowsAsync<VideoProviderException>(() => _providers["saygm"].SubmitAsync(ProviderRun.Request(), CancellationToken.None));

        Assert.Equal("SayGM has no credit or allowance left for this account.", refusal.Message);
    }
}
