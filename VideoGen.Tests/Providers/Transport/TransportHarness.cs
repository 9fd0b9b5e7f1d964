using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Transport;

/// <summary>The transport with the registrations of the application, and one provider on it. Everything but its network is real.</summary>
internal sealed class TransportHarness : IAsyncDisposable
{
    public const string Id = "acme";
    public const string Key = "canary:3f1b77e2";
    public const string Prompt = "A canary says \"bonjour\" in the café\nand flies 🐤 away";

    private readonly ServiceProvider _services;

    /// <param name="address">The provider's base address.</param>
    /// <param name="adjust">Changes the handler of the provider's client.</param>
    /// <param name="allowPrivate">Whether links may lead to loopback, where the tests' servers are.</param>
    /// <param name="hosts">Finds addresses instead of the machine's resolver.</param>
    public TransportHarness(Uri address, Action<SocketsHttpHandler>? adjust = null, bool allowPrivate = true, HostAddresses? hosts = null)
    {
        var options = new AcmeOptions { ApiKey = Key, BaseAddress = address };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        if (hosts is not null)
        {
            services.AddSingleton(hosts);
        }

        services.AddTransport();
        services.Configure<ResultLinkOptions>(links => links.AllowPrivateAddresses = allowPrivate);
        services.AddProviderClient(
            Id, _ => options, static (acme, client) => client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", acme.ApiKey));
        if (adjust is not null)
        {
            services.AddHttpClient(Id).ConfigurePrimaryHttpMessageHandler((handler, _) => adjust((SocketsHttpHandler)handler));
        }

        services.AddSingleton(new ProviderPeer { Id = Id, Name = "Acme", BaseAddress = options.Root, Secrets = [Key], Understand = _ => null });
        services.AddSingleton<ProviderHttp>();
        services.AddSingleton<IConfiguration>(new ConfigurationManager());
        _services = services.BuildServiceProvider();
    }

    public TestClock Clock { get; } = new();

    public ProviderHttp Http => _services.GetRequiredService<ProviderHttp>();

    public ResultLinks Links => _services.GetRequiredService<ResultLinks>();

    /// <summary>Where links may lead; a test may change its mind on the way.</summary>
    public ResultLinkOptions Rules => _services.GetRequiredService<IOptions<ResultLinkOptions>>().Value;

    /// <summary>Sends a submission, as an adapter does.</summary>
    public Task<Answer> CreateAsync(CancellationToken cancellationToken = default) =>
        Http.CreateAsync<Answer>(new HttpRequestMessage(HttpMethod.Post, "jobs") { Content = JsonContent.Create(new { prompt = Prompt }) }, Prompt, cancellationToken);

    public Task<Answer> ReadAsync(CancellationToken cancellationToken = default) =>
        Http.ReadAsync<Answer>(new HttpRequestMessage(HttpMethod.Get, "jobs/1"), cancellationToken);

    public Task<ProviderResult> OpenAsync(CancellationToken cancellationToken = default) => Http.OpenAsync(
        address => new HttpRequestMessage(HttpMethod.Get, address ?? new Uri("jobs/1/content", UriKind.Relative)), cancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>Nothing that is kept or logged of an exception gives away the key, the prompt or a link.</summary>
    public static void AssertDiscreet(Exception exception)
    {
        var texts = exception + (exception as VideoProviderException)?.Detail;
        Assert.DoesNotContain(Key, texts, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("bonjour", texts, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("signature", texts, StringComparison.OrdinalIgnoreCase);
    }

    private sealed class AcmeOptions : RemoteProviderOptions;
}

/// <summary>What the provider of these tests answers with.</summary>
internal sealed record Answer(string? Id);
