using System.Text.Json.Nodes;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Fal;

/// <summary>The endpoints of fal's queue. Safe for concurrent use.</summary>
internal sealed class FalApi(ProviderHttp http)
{
    /// <summary>
    /// Puts a request into the queue. fal runs it anew by itself when a machine of its own fails, up to ten times. That is left on: it
    /// takes time, for which a job has its limits here, but failed runs are not billed, and without it every broken machine would be
    /// a failed job for a person to send again.
    /// </summary>
    /// <param name="callback">Told when the request has ended, or <see langword="null"/>.</param>
    /// <param name="prompt">Kept out of the raw text of a refusal.</param>
    public Task<FalSubmission> SubmitAsync(string endpoint, JsonObject input, Uri? callback, string prompt, CancellationToken cancellationToken)
    {
        var query = callback is null ? "" : $"?fal_webhook={Uri.EscapeDataString(callback.AbsoluteUri)}";
        var request = new HttpRequestMessage(HttpMethod.Post, FalJobId.Escape(endpoint) + query) { Content = JsonContent.Create(input, options: BoundedJson.Options) };
        return http.CreateAsync<FalSubmission>(request, prompt, cancellationToken);
    }

    public Task<FalStatus> GetStatusAsync(FalJobId id, CancellationToken cancellationToken) =>
        http.ReadAsync<FalStatus>(Get(id.StatusPath), cancellationToken);

    /// <summary>The result of a completed request, or the error with which it ended; some of those are 5xx and named by fal.</summary>
    public Task<ReadAnswer<FalResult>> TryGetResultAsync(FalJobId id, CancellationToken cancellationToken) =>
        http.TryReadAsync<FalResult>(Get(id.ResultPath), static error => (int)error.Status >= 500 && FalErrors.TypesOf(error).Count > 0, cancellationToken);

    /// <summary>The result of a request that is known to have one.</summary>
    public Task<FalResult> GetResultAsync(FalJobId id, CancellationToken cancellationToken) =>
        http.ReadAsync<FalResult>(Get(id.ResultPath), cancellationToken);

    /// <summary>Asks to stop a request. One that has completed (400) or is gone is fine.</summary>
    public Task CancelAsync(FalJobId id, CancellationToken cancellationToken) =>
        http.TellAsync(new HttpRequestMessage(HttpMethod.Put, id.CancelPath), cancellationToken);

    private static HttpRequestMessage Get(string path) => new(HttpMethod.Get, path);
}
