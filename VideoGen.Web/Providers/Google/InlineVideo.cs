using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Google.Json;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Google;

/// <summary>A video that stands as base64 in the answer about its job.</summary>
internal static class InlineVideo
{
    /// <param name="http">The provider.</param>
    /// <param name="requestOf">Asks about the job; see <see cref="ProviderHttp.OpenAsync"/>.</param>
    /// <param name="path">Where in the answer the video stands.</param>
    /// <exception cref="VideoProviderException">Not there (any more), or something that may pass.</exception>
    public static async Task<ProviderResult> OpenAsync(
        ProviderHttp http, Func<Uri?, HttpRequestMessage> requestOf, IReadOnlyList<string> path, CancellationToken cancellationToken)
    {
        var answer = await http.OpenAsync(requestOf, cancellationToken);
        try
        {
            return await Base64InJson.OpenAsync(answer.Content, path, cancellationToken) is { } video
                ? new ProviderResult(video, Length: null)
                : throw Missing(http.Peer.Name);
        }
        catch (IOException ex)
        {
            throw new VideoProviderException(FailureKind.ProviderDown, $"The answer of {http.Peer.Name} about the video cannot be read.", detail: null, ex)
            {
                IsTransient = true,
            };
        }
    }

    /// <summary>The job has finished, and its answer holds no such video.</summary>
    public static VideoProviderException Missing(string provider) =>
        new(FailureKind.LostAtProvider, $"{provider} has finished, but its file is not there yet.") { IsTransient = true, IsResultMissing = true };
}
