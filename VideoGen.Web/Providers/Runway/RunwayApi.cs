using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Runway;

/// <summary>The endpoints of Runway's API. Safe for concurrent use.</summary>
internal sealed class RunwayApi(ProviderHttp http)
{
    public const string VersionHeader = "X-Runway-Version";

    /// <summary>The version that the contracts are written for; Runway refuses requests that name none.</summary>
    public const string Version = "2024-11-06";

    public ProviderPeer Peer => http.Peer;

    public Task<CreatedTask> TextToVideoAsync(CreateTaskBody body, CancellationToken cancellationToken) => CreateAsync("text_to_video", body, cancellationToken);

    /// <summary>Creates a video whose first frame is the image.</summary>
    public Task<CreatedTask> ImageToVideoAsync(CreateTaskBody body, CancellationToken cancellationToken) => CreateAsync("image_to_video", body, cancellationToken);

    public Task<TaskObject> GetAsync(string taskId, CancellationToken cancellationToken) =>
        http.ReadAsync<TaskObject>(new HttpRequestMessage(HttpMethod.Get, PathOf(taskId)), cancellationToken);

    /// <summary>The task, or <see langword="null"/> when it is gone.</summary>
    public async Task<TaskObject?> FindAsync(string taskId, CancellationToken cancellationToken) =>
        (await http.TryReadAsync<TaskObject>(new HttpRequestMessage(HttpMethod.Get, PathOf(taskId)), cancellationToken)).Value;

    /// <summary>Stops a task that runs. One that has ended is deleted with its result.</summary>
    public Task DeleteAsync(string taskId, CancellationToken cancellationToken) =>
        http.TellAsync(new HttpRequestMessage(HttpMethod.Delete, PathOf(taskId)), cancellationToken);

    private Task<CreatedTask> CreateAsync(string path, CreateTaskBody body, CancellationToken cancellationToken) => http.CreateAsync<CreatedTask>(
        new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: BoundedJson.Options) }, body.PromptText, cancellationToken);

    private static string PathOf(string taskId) => $"tasks/{Uri.EscapeDataString(taskId)}";
}
