using System.Text.Json;

namespace VideoGen.Web.Providers.Transport;

/// <summary>
/// How a provider's signed webhooks are told from forged ones, and which of its jobs one is about. Nothing else is ever taken
/// from a webhook. No record: its keys must not be printed.
/// </summary>
internal sealed class ProviderCallback(string providerId, IReadOnlyList<byte[]> keys, Func<JsonElement, string?> jobIdOf)
{
    public string ProviderId { get; } = providerId;

    /// <summary>What its webhooks may be signed with; more than one while a secret is exchanged for another.</summary>
    public IReadOnlyList<byte[]> Keys { get; } = keys;

    /// <summary>The provider job's id as our jobs keep it, or <see langword="null"/> where the message names none.</summary>
    public Func<JsonElement, string?> JobIdOf { get; } = jobIdOf;
}
