namespace VideoGen.Web.Providers.Transport;

/// <summary>The addresses that providers tell when a job has ended. What comes there is a hint to look, never an answer.</summary>
internal static class Callbacks
{
    /// <summary>The address for one submission, below the public one of this installation; <see langword="null"/> when it has none.</summary>
    public static Uri? Of(Uri? callbackBase, string submitKey) =>
        callbackBase is null ? null : new Uri($"{callbackBase.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(submitKey)}");
}
