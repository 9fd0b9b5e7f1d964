using System.Net;

namespace VideoGen.Web.Storage.Remote;

/// <summary>The clients that speak with remote stores.</summary>
internal static class StoreConnections
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // Names get new addresses; a connection that lives for ever never learns of them.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Registers a client that follows nobody elsewhere with its credentials, and whose requests no log sees.</summary>
    public static IHttpClientBuilder AddStoreClient(this IServiceCollection services, string name) => services.AddHttpClient(name)
        .ConfigureHttpClient(static client => client.Timeout = Timeout.InfiniteTimeSpan)
        .RemoveAllLoggers()
        .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = ConnectTimeout,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = ConnectionLifetime,
        });
}
