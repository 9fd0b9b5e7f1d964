using System.Globalization;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Luma.DreamMachine;

/// <summary>The endpoints of Dream Machine. Safe for concurrent use.</summary>
internal sealed class DreamMachineApi(ProviderHttp http)
{
    private const int PageSize = 50;

    // It has no codes, neither in refusals nor in failures. These are the words that stand in its texts; anything else is a plain failure.
    private static readonly string[] WordsOfModeration = ["moderation", "content policy"];
    private static readonly string[] WordsOfCredit = ["insufficient credits"];

    public ProviderPeer Peer => http.Peer;

    public Task<Generation> CreateAsync(CreateGenerationBody body, CancellationToken cancellationToken) => http.CreateAsync<Generation>(
        new HttpRequestMessage(HttpMethod.Post, "generations/video") { Content = JsonContent.Create(body, options: BoundedJson.Options) }, body.Prompt, cancellationToken);

    public Task<Generation> GetAsync(string generationId, CancellationToken cancellationToken) =>
        http.ReadAsync<Generation>(new HttpRequestMessage(HttpMethod.Get, PathOf(generationId)), cancellationToken);

    /// <summary>The generation, or <see langword="null"/> when it is gone.</summary>
    public async Task<Generation?> FindAsync(string generationId, CancellationToken cancellationToken) =>
        (await http.TryReadAsync<Generation>(new HttpRequestMessage(HttpMethod.Get, PathOf(generationId)), cancellationToken)).Value;

    /// <summary>One page of the account's generations.</summary>
    /// <exception cref="VideoProviderException">Also when the answer is no listing: that is not an empty one.</exception>
    public async Task<IReadOnlyList<Generation>> ListAsync(int offset, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"generations?limit={PageSize}&offset={offset}");
        var list = await http.ReadAsync<GenerationList>(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);
        return list.Generations ?? throw new VideoProviderException(FailureKind.ProviderDown, $"{Peer.Name} does not list its generations.") { IsTransient = true };
    }

    /// <summary>Removes a generation, whether it runs or has ended.</summary>
    public Task DeleteAsync(string generationId, CancellationToken cancellationToken) =>
        http.TellAsync(new HttpRequestMessage(HttpMethod.Delete, PathOf(generationId)), cancellationToken);

    /// <summary>What a text means, or <see langword="null"/> when it says nothing that is known.</summary>
    public static ProviderFault? Understand(string provider, string? text) =>
        Contains(text, WordsOfModeration) ? ProviderFaults.Moderated(provider)
        : Contains(text, WordsOfCredit) ? ProviderFaults.Quota(provider)
        : null;

    private static bool Contains(string? text, string[] words) =>
        text is not null && Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string PathOf(string generationId) => $"generations/{Uri.EscapeDataString(generationId)}";
}
