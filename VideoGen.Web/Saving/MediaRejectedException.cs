namespace VideoGen.Web.Saving;

/// <summary>What the provider delivered is not a playable video. Downloading it again would most likely give the same.</summary>
/// <param name="reason">A sentence for people.</param>
public sealed class MediaRejectedException(string reason) : Exception(reason);
