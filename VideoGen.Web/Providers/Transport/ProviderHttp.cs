using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;

namespace VideoGen.Web.Providers.Transport;

/// <summary>
/// Speaks HTTP with one provider for its typed API: sends each request once, with the provider's credentials to the provider's
/// host only, and tells apart what is refused, what may pass, and what is not known. Safe for concurrent use.
/// </summary>
/// <param name="peer">Whom it speaks with.</param>
/// <param name="clients">Has a client under the provider's id; see <see cref="RemoteProviderSetup"/>.</param>
/// <param name="links">Opens what the provider keeps elsewhere.</param>
/// <param name="clock">Bounds how long an answer is waited for.</param>
internal sealed class ProviderHttp(ProviderPeer peer, IHttpClientFactory clients, ResultLinks links, TimeProvider clock)
{
    private const int MaxRedirects = 3;

    // A submission is bounded by the engine (Engine:SubmitTimeout); nothing else takes a provider longer.
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(30);

    public ProviderPeer Peer => peer;

    /// <summary>Sends a request that creates a job, exactly once.</summary>
    /// <param name="request">Has a body: a request without one the base library may send again by itself.</param>
    /// <param name="prompt">Kept out of the raw text of a refusal.</param>
    /// <exception cref="VideoProviderException">It was refused, or provably never sent.</exception>
    /// <exception cref="AnswerLostException">Anything else: a job may exist.</exception>
    public Task<T> CreateAsync<T>(HttpRequestMessage request, string prompt, CancellationToken cancellationToken)
        where T : class => CreateAsync<T>(request, prompt, static _ => null, cancellationToken);

    /// <inheritdoc cref="CreateAsync{T}(HttpRequestMessage, string, CancellationToken)"/>
    /// <param name="understand">What a bare HTTP status means for this request, where that is something else than for others.</param>
    public async Task<T> CreateAsync<T>(
        HttpRequestMessage request, string prompt, Func<HttpStatusCode, ProviderFault?> understand, CancellationToken cancellationToken)
        where T : class
    {
        var body = request.Content ?? throw new ArgumentException("A submission has a body.", nameof(request));
        if (body.Headers.ContentLength is null)
        {
            // Some providers take no body in chunks.
            await body.LoadIntoBufferAsync(cancellationToken);
        }

        CrashPoint.Reach(CrashPoint.RequestReady);
        using var response = await SendCreateAsync(request, cancellationToken);
        CrashPoint.Reach(CrashPoint.RequestSent);
        return response.IsSuccessStatusCode
            ? await ReadCreatedAsync<T>(response, cancellationToken)
            : throw await RefusalAsync(response, prompt, understand, cancellationToken);
    }

    /// <summary>Asks something that may be asked again.</summary>
    /// <exception cref="VideoProviderException">The job is gone, or something that may pass.</exception>
    public async Task<T> ReadAsync<T>(HttpRequestMessage request, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await TryReadAsync<T>(request, cancellationToken);
        return ValueOf(answer);
    }

    /// <summary>As the other, for an answer that holds more than is read of it.</summary>
    /// <param name="through">Takes from the body what is not wanted; what it leaves has to be small.</param>
    /// <exception cref="VideoProviderException">The job is gone, or something that may pass.</exception>
    public async Task<T> ReadAsync<T>(HttpRequestMessage request, Func<Stream, Stream> through, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await AskAsync(
            request,
            async (response, token) =>
            {
                using var rest = new StreamContent(through(await response.Content.ReadAsStreamAsync(token)));
                return new ReadAnswer<T>(await BoundedJson.ReadAsync<T>(rest, token), Error: null);
            },
            static error => new ReadAnswer<T>(Value: null, error),
            cancellationToken);
        return ValueOf(answer);
    }

    /// <summary>As <see cref="ReadAsync{T}(HttpRequestMessage, CancellationToken)"/>, where a refusal is part of what is asked for, such as the failure of a job.</summary>
    /// <returns>Either the value or the refusal.</returns>
    /// <exception cref="VideoProviderException">Something that may pass.</exception>
    public Task<ReadAnswer<T>> TryReadAsync<T>(HttpRequestMessage request, CancellationToken cancellationToken)
        where T : class => TryReadAsync<T>(request, static _ => false, cancellationToken);

    /// <inheritdoc cref="TryReadAsync{T}(HttpRequestMessage, CancellationToken)"/>
    /// <param name="isOutcome">Whether an error that would otherwise be taken for a passing one is what is asked for.</param>
    public Task<ReadAnswer<T>> TryReadAsync<T>(HttpRequestMessage request, Func<ErrorAnswer, bool> isOutcome, CancellationToken cancellationToken)
        where T : class => AskAsync(
            request,
            static async (response, token) => new ReadAnswer<T>(await BoundedJson.ReadAsync<T>(response.Content, token), Error: null),
            error => IsRefusal(error.Status) || isOutcome(error) ? new ReadAnswer<T>(Value: null, error) : null,
            cancellationToken);

    /// <summary>Says something that may be said again, and whose answer holds nothing. A job that is gone, or has ended, is fine.</summary>
    /// <exception cref="VideoProviderException">Something that may pass.</exception>
    public Task TellAsync(HttpRequestMessage request, CancellationToken cancellationToken) => AskAsync(
        request, static (_, _) => Task.FromResult(""), static error => IsRefusal(error.Status) ? "" : null, cancellationToken);

    /// <summary>Opens a result that lies behind the provider's credentials. A redirect is followed; to another host without them.</summary>
    /// <param name="requestOf">Makes the request for an address, which is <see langword="null"/> for the first one.</param>
    /// <exception cref="VideoProviderException">Not there (yet), refused, or something that may pass.</exception>
    public async Task<ProviderResult> OpenAsync(Func<Uri?, HttpRequestMessage> requestOf, CancellationToken cancellationToken)
    {
        Uri? address = null;
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            using var request = requestOf(address);
            var response = await SendForResultAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return await ResultLinks.ToResultAsync(response, (withRange, token) => SendAgainAsync(requestOf, address, withRange, token), cancellationToken);
            }

            using (response)
            {
                address = ResultLinks.TargetOf(response) ?? throw ResultLinks.Unavailable(peer.Name, response, clock.GetUtcNow(), behindKey: true);
            }

            if (!peer.Owns(address))
            {
                return await links.OpenAsync(address, peer.Name, cancellationToken);
            }
        }

        throw ResultLinks.InCircles(peer.Name);
    }

    private async Task<HttpResponseMessage> SendAgainAsync(
        Func<Uri?, HttpRequestMessage> requestOf, Uri? address, Action<HttpRequestHeaders> withRange, CancellationToken cancellationToken)
    {
        using var request = requestOf(address);
        withRange(request.Headers);
        return await SendAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendCreateAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(request, cancellationToken);
        }
        catch (Exception ex) when (IsProvablyUnsent(ex, cancellationToken))
        {
            throw Unreachable(ex);
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new AnswerLostException(peer.Name, "the connection broke before the answer to a submission had arrived", ex);
        }
    }

    private async Task<T> ReadCreatedAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await BoundedJson.ReadAsync<T>(response.Content, cancellationToken);
        }
        catch (Exception ex) when (ex is JsonException or HttpRequestException or IOException or OperationCanceledException)
        {
            throw new AnswerLostException(peer.Name, "the answer to a submission cannot be read", ex);
        }
    }

    // A 4xx says that nothing was made. A 5xx may come from something in between while the provider goes on working, and a 302 or
    // 303 may lead to what was made.
    private async Task<Exception> RefusalAsync(
        HttpResponseMessage response, string prompt, Func<HttpStatusCode, ProviderFault?> understand, CancellationToken cancellationToken)
    {
        var status = response.StatusCode;
        if (status is HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
        {
            return new VideoProviderException(
                FailureKind.ProviderError, $"{peer.Name} has moved. An administrator has to correct its base address.", $"HTTP {(int)status}");
        }

        if ((int)status is < 400 or >= 500 || status is HttpStatusCode.RequestTimeout)
        {
            return new AnswerLostException(peer.Name, $"a submission was answered with HTTP {(int)status}");
        }

        var error = await ReadErrorAsync(response, cancellationToken);
        var fault = peer.Understand(error) ?? understand(status) ?? ProviderFaults.OfCreate(peer.Name, status);
        return new VideoProviderException(fault.Kind, fault.Sentence, RawText.Clean(error.Text, [.. peer.Secrets, prompt]))
        {
            IsTransient = fault.Kind is FailureKind.RateLimited,
            RetryAfter = fault.RetryAfter ?? WaitOf(error, response),
        };
    }

    private async Task<T> AskAsync<T>(
        HttpRequestMessage request,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        Func<ErrorAnswer, T?> refused,
        CancellationToken cancellationToken)
        where T : class
    {
        using var timeout = new CancellationTokenSource(ReadTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await SendAsync(request, either.Token);
            if (response.IsSuccessStatusCode)
            {
                return await read(response, either.Token);
            }

            var error = await ReadErrorAsync(response, either.Token);
            return refused(error) ?? throw MayPass(error, response);
        }
        catch (Exception ex) when (IsBroken(ex, cancellationToken))
        {
            throw Unreachable(ex);
        }
    }

    private async Task<HttpResponseMessage> SendForResultAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(request, cancellationToken);
        }
        catch (Exception ex) when (IsBroken(ex, cancellationToken))
        {
            throw Unreachable(ex);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(peer.Id);
        if (request.RequestUri is not { } address || !peer.Owns(new Uri(peer.BaseAddress, address)))
        {
            // Nothing was sent, and the job may be paid for.
            throw new VideoProviderException(FailureKind.ProviderError, $"{peer.Name} named an address of another host for its own job.") { IsTransient = true };
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static async Task<ErrorAnswer> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var text = await BoundedJson.ReadTextAsync(response.Content, cancellationToken);
            return new ErrorAnswer(response.StatusCode, BoundedJson.Parse(text), text) { Headers = HeadersOf(response) };
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException or OperationCanceledException)
        {
            // The status has arrived and says enough.
            return new ErrorAnswer(response.StatusCode, default, "") { Headers = HeadersOf(response) };
        }
    }

    private static Dictionary<string, string> HeadersOf(HttpResponseMessage response) =>
        response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);

    // The key may be put right and a limit may end: a paid job is not given up for either.
    private static bool IsRefusal(HttpStatusCode status) => (int)status is >= 400 and < 500 && status is not (
        HttpStatusCode.Unauthorized or HttpStatusCode.PaymentRequired or HttpStatusCode.Forbidden
        or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);

    private T ValueOf<T>(ReadAnswer<T> answer)
        where T : class => answer.Value ?? throw ToException(answer.Error!, ProviderFaults.OfRead(peer.Name, answer.Error!.Status));

    private VideoProviderException MayPass(ErrorAnswer error, HttpResponseMessage response)
    {
        var fault = ProviderFaults.OfRead(peer.Name, error.Status);
        return new VideoProviderException(fault.Kind, fault.Sentence, DetailOf(error))
        {
            IsTransient = true,
            RetryAfter = WaitOf(error, response),
        };
    }

    private TimeSpan? WaitOf(ErrorAnswer error, HttpResponseMessage response) =>
        RetryAfter.Of(response.Headers, clock.GetUtcNow()) ?? peer.AskedToWait(error);

    private VideoProviderException ToException(ErrorAnswer error, ProviderFault fault) =>
        new(fault.Kind, fault.Sentence, DetailOf(error)) { IsTransient = fault.Kind is not FailureKind.LostAtProvider };

    private string DetailOf(ErrorAnswer error) => RawText.Clean($"HTTP {(int)error.Status} {error.Text}", peer.Secrets);

    private VideoProviderException Unreachable(Exception ex) =>
        new(FailureKind.ProviderDown, $"{peer.Name} cannot be reached just now.", (ex as HttpRequestException)?.HttpRequestError.ToString() ?? ex.GetType().Name, ex)
        {
            IsTransient = true,
        };

    private static bool IsBroken(Exception ex, CancellationToken cancellationToken) =>
        ex is HttpRequestException or IOException or JsonException
        || (ex is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    // The base library says ConnectionError only of connecting. Its connect timeout is the one timeout that wraps a TimeoutException.
    private static bool IsProvablyUnsent(Exception ex, CancellationToken cancellationToken) => ex switch
    {
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        } => true,
        OperationCanceledException { InnerException: TimeoutException } => !cancellationToken.IsCancellationRequested,
        _ => false,
    };
}

/// <summary>One of the two is set.</summary>
internal sealed record ReadAnswer<T>(T? Value, ErrorAnswer? Error)
    where T : class;
