using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Google.Vertex;

/// <summary>
/// Veo on Google Vertex AI. A lost submission cannot be found again: operations are listed nowhere, and an attempt's folder in the
/// bucket shows its video only once it is finished, so that an empty one proves nothing. (It does help the person who has to decide.)
/// </summary>
internal sealed class VertexVideoProvider(ProviderPeer peer, VertexOptions options, VertexApi api) : IVideoProvider
{
    public string Id => peer.Id;

    public ProviderCapabilities Capabilities { get; } = new()
    {
        Address = options.Root.AbsoluteUri,
        CanCancel = false,
        SubmissionLookup = SubmissionLookup.None,
        MaxConcurrentJobs = options.MaxConcurrentJobs,
        PollInterval = options.PollInterval,
    };

    public async Task<string> SubmitAsync(VideoRequest request, CancellationToken cancellationToken)
    {
        var body = new PredictBody([new PredictInstance(request.Prompt, await ToImageAsync(request.ReferenceImage, cancellationToken))], ToParameters(request));
        var operation = await api.CreateAsync(request.ModelId, body, cancellationToken);
        return OperationName.Parse(operation.Name)?.Text ?? throw new AnswerLostException(peer.Name, "the answer to a submission names no operation");
    }

    public async Task<ProviderJob> CheckAsync(string providerJobId, CancellationToken cancellationToken) =>
        ToJob(await api.FetchAsync(NameOf(providerJobId), cancellationToken));

    public async Task<ProviderResult> OpenResultAsync(string providerJobId, int index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var name = NameOf(providerJobId);
        var operation = await api.FetchAsync(name, cancellationToken);
        return operation.Response?.Videos?.ElementAtOrDefault(index) switch
        {
            { GcsUri: { Length: > 0 } gcsUri } => await api.OpenStoredAsync(gcsUri, cancellationToken),
            { BytesBase64Encoded: not null } => await api.OpenInlineAsync(name, index, cancellationToken),
            _ => throw InlineVideo.Missing(peer.Name),
        };
    }

    /// <summary>These operations know no cancel.</summary>
    public Task CancelAsync(string providerJobId, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> FindSubmissionAsync(SubmissionTrace trace, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>What lies in the bucket is the account's own and is left to its rules.</summary>
    public Task ReleaseAsync(string providerJobId, CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<PredictImage?> ToImageAsync(ReferenceImage? image, CancellationToken cancellationToken) =>
        image is null ? null : new PredictImage((await InlineImage.ReadAsync(image, VertexSetup.ProviderName, cancellationToken)).Bytes, image.MediaType);

    private PredictParameters ToParameters(VideoRequest request) => new(
        SampleCount: 1,
        (int)request.Duration.TotalSeconds,
        request.Size.AspectRatio,
        GoogleResolution.Of(request.Size),
        options.GenerateAudio,
        request.Seed,
        string.IsNullOrEmpty(options.StorageUri) ? null : $"{options.StorageUri.TrimEnd('/')}/{request.SubmitKey}/");

    // Only a name that once came from there is kept, so one of another form is of another time.
    private static OperationName NameOf(string providerJobId) =>
        OperationName.Parse(providerJobId) ?? throw new VideoProviderException(ProviderFaults.Lost.Kind, ProviderFaults.Lost.Sentence);

    private ProviderJob ToJob(PredictOperation operation) => operation switch
    {
        { Done: false } => new() { State = ProviderJobState.Running, RawStatus = "running" },
        { Error: { } error } => Failed("failed", GoogleErrors.OfJob(peer.Name, error.Code) ?? ProviderFaults.Failed(peer.Name), $"{error.Code}: {error.Message}"),
        { Response.Videos: { Count: > 0 } videos } => new() { State = ProviderJobState.Finished, RawStatus = "done", ResultCount = videos.Count },
        { Response: { RaiMediaFilteredCount: > 0 } response } =>
            Failed("filtered", ProviderFaults.Moderated(peer.Name), string.Join(' ', response.RaiMediaFilteredReasons ?? [])),
        _ => Failed("done", ProviderFaults.Failed(peer.Name), "The operation is done and names no video."),
    };

    private ProviderJob Failed(string status, ProviderFault fault, string raw) => new()
    {
        State = ProviderJobState.Failed,
        RawStatus = status,
        Failure = new JobFailure(fault.Kind, fault.Sentence, RawText.Clean(raw, peer.Secrets)),
    };
}
