using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Providers;

namespace VideoGen.Web.Providers.Transport;

/// <summary>Registers providers across a network, and the two ways of speaking with them.</summary>
internal static class RemoteProviderSetup
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // Names get new addresses; a connection that lives for ever never learns of them.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private static readonly string UserAgent = $"VideoGen/{Assembly.GetExecutingAssembly().GetName().Version?.ToString(2)}";

    /// <summary>What all remote providers share.</summary>
    public static void AddTransport(this IServiceCollection services)
    {
        services.AddOptions<ResultLinkOptions>().BindConfiguration(ResultLinkOptions.SectionName);
        services.TryAddSingleton<HostAddresses>(static (host, cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken));
        services.TryAddSingleton<PublicAddresses>();
        services.TryAddSingleton<ResultLinks>();
        services.AddCallbackAddresses();
        services.AddHttpClient(ResultLinks.ClientName)
            .ConfigureHttpClient(Introduce)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(provider => Handler(provider.GetRequiredService<PublicAddresses>()));
    }

    /// <summary>
    /// Registers a provider where its key is set; otherwise only which key is missing, so that pages can say so.
    /// </summary>
    /// <param name="id">The provider's id, and the name of its client.</param>
    /// <param name="section">Its section in the configuration.</param>
    /// <param name="authorize">Puts the credentials on each request to the base address.</param>
    /// <returns>Whether it is registered.</returns>
    public static bool AddRemoteProvider<TOptions, TProvider>(
        this WebApplicationBuilder builder, string id, string section, Action<TOptions, HttpClient> authorize)
        where TOptions : RemoteProviderOptions
        where TProvider : class, IVideoProvider
    {
        var services = builder.Services;
        if (!builder.HasKey(id, section))
        {
            return false;
        }

        services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddProviderClient(id, provider => provider.GetRequiredService<IOptions<TOptions>>().Value, authorize);
        services.AddSingleton<IVideoProvider, TProvider>();
        return true;
    }

    /// <summary>Whether a provider's key is set. If not, it is noted which one is missing.</summary>
    public static bool HasKey(this WebApplicationBuilder builder, string id, string section) =>
        builder.HasOneOf(id, $"{section}:{nameof(RemoteProviderOptions.ApiKey)}");

    /// <summary>Whether one of the settings is set that hold a provider's credentials. If none is, the first is noted as missing.</summary>
    public static bool HasOneOf(this WebApplicationBuilder builder, string id, params IReadOnlyList<string> settings)
    {
        var isSet = settings.Any(setting => !string.IsNullOrWhiteSpace(builder.Configuration[setting]));
        if (!isSet)
        {
            builder.Services.AddSingleton(new MissingKey(id, settings[0]));
        }

        return isSet;
    }

    /// <summary>The client for a provider's own host. Nothing on it retries, redirects, stores cookies or logs.</summary>
    public static void AddProviderClient<TOptions>(
        this IServiceCollection services, string id, Func<IServiceProvider, TOptions> optionsOf, Action<TOptions, HttpClient> authorize)
        where TOptions : RemoteProviderOptions => services.AddHttpClient(id)
            .ConfigureHttpClient((provider, client) =>
            {
                var options = optionsOf(provider);
                Introduce(client);
                client.BaseAddress = options.Root;
                authorize(options, client);
            })
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => Handler(publicOnly: null));

    private static void Introduce(HttpClient client)
    {
        // The engine and the saving bound how long they wait, each in its own way.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
    }

    // Answers are not decompressed: none is asked for compressed, and one that is cannot grow in our memory. Nobody at the other
    // end has any use for the ids of our traces.
    private static SocketsHttpHandler Handler(PublicAddresses? publicOnly) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        UseProxy = publicOnly is null,
        ConnectTimeout = ConnectTimeout,
        ConnectCallback = publicOnly is null ? null : publicOnly.ConnectAsync,
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = ConnectionLifetime,
    };
}

/// <summary>A provider that this installation knows but has no key for.</summary>
/// <param name="ProviderId">As in the catalogue.</param>
/// <param name="Setting">The configuration key to set.</param>
internal sealed record MissingKey(string ProviderId, string Setting);
