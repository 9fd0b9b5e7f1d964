using System.Text.Json.Nodes;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Replicate;

/// <summary>The endpoints of Replicate's predictions. Safe for concurrent use.</summary>
internal sealed class ReplicateApi(ProviderHttp http)
{
    // Only the end: the events before it come twice a second.
    private static readonly string[] EventsTold = ["completed"];

    /// <param name="callback">Told when the prediction has ended, or <see langword="null"/>.</param>
    /// <param name="prompt">Kept out of the raw text of a refusal.</param>
    public Task<Prediction> CreateAsync(ReplicateModel model, JsonObject input, Uri? callback, string prompt, CancellationToken cancellationToken)
    {
        var body = new CreatePredictionBody(input, model.Version, callback?.AbsoluteUri, callback is null ? null : EventsTold);
        var request = new HttpRequestMessage(HttpMethod.Post, model.Path) { Content = JsonContent.Create(body, options: BoundedJson.Options) };
        return http.CreateAsync<Prediction>(request, prompt, cancellationToken);
    }

    public Task<Prediction> GetAsync(string id, CancellationToken cancellationToken) =>
        http.ReadAsync<Prediction>(new HttpRequestMessage(HttpMethod.Get, PathOf(id)), cancellationToken);

    /// <summary>The predictions of the account, the newest first.</summary>
    /// <param name="page">The link to a page as the one before named it, or <see langword="null"/> for the first.</param>
    public Task<PredictionList> ListAsync(Uri? page, CancellationToken cancellationToken) =>
        http.ReadAsync<PredictionList>(new HttpRequestMessage(HttpMethod.Get, page ?? new Uri("predictions", UriKind.Relative)), cancellationToken);

    /// <summary>Stops a prediction. One that has ended or is gone is fine.</summary>
    public Task CancelAsync(string id, CancellationToken cancellationToken) =>
        http.TellAsync(new HttpRequestMessage(HttpMethod.Post, $"{PathOf(id)}/cancel"), cancellationToken);

    private static string PathOf(string id) => $"predictions/{Uri.EscapeDataString(id)}";
}
