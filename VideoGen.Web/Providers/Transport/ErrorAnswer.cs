using System.Collections.Frozen;
using System.Net;
using System.Text.Json;
using VideoGen.Domain.Jobs;

namespace VideoGen.Web.Providers.Transport;

/// <summary>An answer that is no success, as an adapter reads it to find out what it means.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON of the body, or an undefined element when it was none.</param>
/// <param name="Text">The raw body, cut; it may quote the prompt or the key and is cleaned before it goes anywhere.</param>
internal sealed record ErrorAnswer(HttpStatusCode Status, JsonElement Body, string Text)
{
    /// <summary>The headers; empty where they say nothing.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The text at a path of property names, or <see langword="null"/> where there is none.</summary>
    public string? TextAt(params ReadOnlySpan<string> path) => Body.TextAt(path);
}

/// <summary>What an error means in our words.</summary>
/// <param name="Kind">Decides retry, wording and who is told.</param>
/// <param name="Sentence">For people. Never text of the provider that may quote the prompt.</param>
/// <param name="RetryAfter">How long the body asks us to wait; <see langword="null"/> where only a header can.</param>
internal sealed record ProviderFault(FailureKind Kind, string Sentence, TimeSpan? RetryAfter = null);
