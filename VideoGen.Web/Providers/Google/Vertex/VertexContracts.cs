namespace VideoGen.Web.Providers.Google.Vertex;

// Veo 3.1 by predictLongRunning and fetchPredictOperation, as of November 2026.

/// <summary>Body of <c>POST …/models/{model}:predictLongRunning</c>.</summary>
internal sealed record PredictBody(IReadOnlyList<PredictInstance> Instances, PredictParameters Parameters);

/// <param name="Prompt">What the video shows.</param>
/// <param name="Image">Its first frame.</param>
internal sealed record PredictInstance(string Prompt, PredictImage? Image);

internal sealed record PredictImage(byte[] BytesBase64Encoded, string MimeType);

/// <param name="SampleCount">How many videos.</param>
/// <param name="DurationSeconds">Whole seconds.</param>
/// <param name="AspectRatio">"16:9" or "9:16".</param>
/// <param name="Resolution">"720p", "1080p" or "4k".</param>
/// <param name="GenerateAudio">Whether it has sound.</param>
/// <param name="Seed">Fixes the chance in it.</param>
/// <param name="StorageUri">A folder of a bucket, with a slash at its end.</param>
internal sealed record PredictParameters(
    int SampleCount, int DurationSeconds, string AspectRatio, string Resolution, bool GenerateAudio, long? Seed, string? StorageUri);

/// <summary>Body of <c>POST …/models/{model}:fetchPredictOperation</c>.</summary>
internal sealed record FetchBody(string OperationName);

/// <summary>A long-running operation. Whether it has ended is all that it says of its progress.</summary>
internal sealed record PredictOperation(string? Name, bool Done, RpcStatus? Error, PredictResponse? Response);

/// <summary>google.rpc.Status.</summary>
internal sealed record RpcStatus(int? Code, string? Message);

internal sealed record PredictResponse(
    IReadOnlyList<PredictVideo>? Videos, int? RaiMediaFilteredCount, IReadOnlyList<string>? RaiMediaFilteredReasons);

/// <param name="GcsUri">"gs://bucket/object".</param>
/// <param name="BytesBase64Encoded">The video itself; empty here where it was left out in reading.</param>
internal sealed record PredictVideo(string? GcsUri, string? BytesBase64Encoded);
