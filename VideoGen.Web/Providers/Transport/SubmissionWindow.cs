namespace VideoGen.Web.Providers.Transport;

/// <summary>
/// When a provider may have made the job of a submission, by its own clock, which is not ours. A listing that names no attempt is
/// searched within it.
/// </summary>
internal static class SubmissionWindow
{
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan After = TimeSpan.FromMinutes(10);

    /// <param name="intentAt">When the submission was about to be sent.</param>
    /// <param name="unixSeconds">When a job was made; whatever a provider says is bearable.</param>
    public static bool Holds(DateTimeOffset intentAt, double? unixSeconds) =>
        unixSeconds >= (intentAt - Before).ToUnixTimeSeconds() && unixSeconds <= (intentAt + After).ToUnixTimeSeconds();
}
