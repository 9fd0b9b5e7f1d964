namespace VideoGen.Web.Providers.Fal;

/// <summary>
/// What has to be known of a request to find it again, as <c>{app}|{request id}</c>. fal answers a submission with links, and asks to
/// use those; but links are not stored. What they hold beyond the request is the app, and that is kept: the first two parts of the
/// endpoint's id, three for those of a workflow, whatever else the endpoint is called.
/// </summary>
/// <param name="App">Such as "fal-ai/veo3.1".</param>
/// <param name="RequestId">Names the request within the app.</param>
internal sealed record FalJobId(string App, string RequestId)
{
    private const char Separator = '|';

    // The engine keeps 512 characters.
    private const int MaxLength = 512;

    private static readonly string[] Namespaces = ["workflows", "comfy"];

    public string StatusPath => $"{RequestPath}/status";

    public string ResultPath => RequestPath;

    public string CancelPath => $"{RequestPath}/cancel";

    private string RequestPath => $"{Escape(App)}/requests/{Uri.EscapeDataString(RequestId)}";

    /// <summary>Takes what is needed out of the answer to a submission.</summary>
    /// <param name="owns">Whether a link is on fal's own host; others are not believed.</param>
    /// <returns><see langword="null"/> when the answer names no request that can be asked about.</returns>
    public static FalJobId? Of(string endpoint, FalSubmission submission, Uri root, Func<Uri, bool> owns)
    {
        if (submission.RequestId is not { Length: > 0 } requestId)
        {
            return null;
        }

        var app = Uri.TryCreate(submission.StatusUrl, UriKind.Absolute, out var link) && owns(link) ? AppOf(link, requestId, root) : null;
        var id = new FalJobId(app ?? AppOf(endpoint), requestId);
        return id.ToString().Length <= MaxLength && !id.App.Contains(Separator, StringComparison.Ordinal) ? id : null;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static FalJobId Parse(string providerJobId)
    {
        var at = providerJobId.IndexOf(Separator, StringComparison.Ordinal);
        return at > 0
            ? new FalJobId(providerJobId[..at], providerJobId[(at + 1)..])
            : throw new FormatException("This is not the id of a job at fal.");
    }

    public override string ToString() => $"{App}{Separator}{RequestId}";

    /// <summary>An endpoint id as a path.</summary>
    public static string Escape(string endpoint) => string.Join('/', endpoint.Split('/').Select(Uri.EscapeDataString));

    private static string? AppOf(Uri link, string requestId, Uri root)
    {
        var path = Uri.UnescapeDataString(link.AbsolutePath);
        var end = path.LastIndexOf($"/requests/{requestId}/status", StringComparison.Ordinal);
        return path.StartsWith(root.AbsolutePath, StringComparison.Ordinal) && end > root.AbsolutePath.Length ? path[root.AbsolutePath.Length..end] : null;
    }

    private static string AppOf(string endpoint)
    {
        var parts = endpoint.Split('/');
        return string.Join('/', parts.Take(Namespaces.Contains(parts[0], StringComparer.Ordinal) ? 3 : 2));
    }
}
