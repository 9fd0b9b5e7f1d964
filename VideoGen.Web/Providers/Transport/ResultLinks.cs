using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;

namespace VideoGen.Web.Providers.Transport;

/// <summary>
/// Opens the links that providers name for their results. A link comes from outside and may point anywhere: no credential is
/// ever sent to one, and <see cref="PublicAddresses"/> keeps it out of our own network.
/// </summary>
internal sealed class ResultLinks(IHttpClientFactory clients, IOptions<ResultLinkOptions> options, TimeProvider clock)
{
    /// <summary>Name of the HTTP client without credentials.</summary>
    public const string ClientName = "result-links";

    private const int MaxRedirects = 3;

    // Far above any signed link; what is longer was made to hurt.
    private const int MaxLength = 8192;

    /// <summary>Opens a result behind a link that expires. When it has, the provider is asked for a fresh one, once.</summary>
    /// <param name="linkOf">Asks the provider for the link as it is now.</param>
    /// <exception cref="VideoProviderException">Not there (yet), refused, or something that may pass.</exception>
    public async Task<ProviderResult> OpenFreshAsync(Func<CancellationToken, Task<Uri>> linkOf, string provider, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(await linkOf(cancellationToken), provider, cancellationToken);
        }
        catch (VideoProviderException ex) when (ex.IsResultMissing)
        {
            return await OpenAsync(await linkOf(cancellationToken), provider, cancellationToken);
        }
    }

    /// <summary>The link as an answer names it.</summary>
    /// <exception cref="VideoProviderException">It names none (yet), or something that is no address.</exception>
    public static Uri LinkIn(string? link, string provider) => Uri.TryCreate(link, UriKind.Absolute, out var address)
        ? address
        : throw new VideoProviderException(FailureKind.LostAtProvider, $"{provider} has finished, but names no file yet.") { IsTransient = true, IsResultMissing = true };

    /// <exception cref="VideoProviderException">Not there (yet), refused, or something that may pass.</exception>
    public async Task<ProviderResult> OpenAsync(Uri link, string provider, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(ClientName);
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            Check(link, provider);
            var response = await SendAsync(client, link, provider, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return await ToResultAsync(response, (withRange, token) => SendAgainAsync(link, withRange, token), cancellationToken);
            }

            using (response)
            {
                link = TargetOf(response) ?? throw Unavailable(provider, response, clock.GetUtcNow());
            }
        }

        throw InCircles(provider);
    }

    /// <summary>Where a redirect leads, or <see langword="null"/> when it is none.</summary>
    public static Uri? TargetOf(HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308
            && response is { Headers.Location: { } target, RequestMessage.RequestUri: { } from }
            ? new Uri(from, target)
            : null;

    /// <inheritdoc cref="ResumableBody.OfAsync"/>
    public static async Task<ProviderResult> ToResultAsync(
        HttpResponseMessage response, Func<Action<HttpRequestHeaders>, CancellationToken, Task<HttpResponseMessage>> sendAgain, CancellationToken cancellationToken) =>
        new(await ResumableBody.OfAsync(response, sendAgain, cancellationToken), response.Content.Headers.ContentLength);

    /// <summary>What it means that a result cannot be opened. The link itself is named nowhere.</summary>
    /// <param name="behindKey">The provider's own host, where a refusal speaks of the key; a signed link is refused when it has expired.</param>
    public static VideoProviderException Unavailable(string provider, HttpResponseMessage response, DateTimeOffset now, bool behindKey = false)
    {
        if (behindKey && response.StatusCode is (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
        {
            var fault = ProviderFaults.Credentials(provider);
            return new VideoProviderException(fault.Kind, fault.Sentence, $"HTTP {(int)response.StatusCode}")
            {
                IsTransient = true,
                RetryAfter = RetryAfter.Of(response.Headers, now),
            };
        }

        // Stores of files answer an expired link with any of these.
        var missing = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            or HttpStatusCode.NotFound or HttpStatusCode.Gone;
        return new VideoProviderException(
            missing ? FailureKind.LostAtProvider : FailureKind.ProviderDown,
            missing ? $"{provider} has finished, but its file is not there yet." : $"{provider} does not hand out the video just now.",
            $"HTTP {(int)response.StatusCode}")
        {
            IsTransient = true,
            IsResultMissing = missing,
            RetryAfter = RetryAfter.Of(response.Headers, now),
        };
    }

    public static VideoProviderException InCircles(string provider) =>
        new(FailureKind.ProviderError, $"{provider} sends us in circles for the video.") { IsTransient = true };

    private async Task<HttpResponseMessage> SendAgainAsync(Uri link, Action<HttpRequestHeaders> withRange, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(ClientName);
        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        withRange(request.Headers);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, Uri link, string provider, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException
            || (ex is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The same words for a blocked, a refused, a broken and a silent connection: an answer must not tell what is behind an address.
            throw new VideoProviderException(FailureKind.ProviderDown, $"The video of {provider} cannot be fetched just now.", detail: null, ex) { IsTransient = true };
        }
    }

    private void Check(Uri link, string provider)
    {
        var secure = string.Equals(link.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal);
        var allowed = secure || (options.Value.AllowPrivateAddresses && string.Equals(link.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal));
        if (!allowed || link.UserInfo.Length > 0 || link.OriginalString.Length > MaxLength || (secure && !link.IsDefaultPort && !options.Value.AllowPrivateAddresses))
        {
            // The video is paid for, and the next link, or a corrected setting, may do.
            throw new VideoProviderException(FailureKind.ProviderError, $"{provider} named an address for the video that is not fetched from.") { IsTransient = true };
        }
    }
}
