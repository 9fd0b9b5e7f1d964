using System.Diagnostics;

namespace VideoGen.Web.Engine;

/// <summary>
/// Ends the process at a named place, as a power cut would, when the environment variable VIDEOGEN_CRASH_AT names it. For
/// scripts/crash-test; compiled into debug builds only, so a released server does not even hold the calls.
/// </summary>
internal static class CrashPoint
{
    /// <summary>The intent to submit is committed; nothing has been sent.</summary>
    public const string IntentCommitted = "intent-committed";

    /// <summary>The provider has answered; its answer is not committed.</summary>
    public const string Answered = "answered";

    /// <summary>A running job is about to be checked.</summary>
    public const string Checking = "checking";

    /// <summary>The provider has finished; nothing has been fetched.</summary>
    public const string SavingBegun = "saving-begun";

    /// <summary>The result is stored; its job is not completed.</summary>
    public const string Stored = "stored";

    /// <summary>The job is completed; spool and provider still hold their copies.</summary>
    public const string Completed = "completed";

    private static readonly string? Wanted = Environment.GetEnvironmentVariable("VIDEOGEN_CRASH_AT");

    [Conditional("DEBUG")]
    public static void Reach(string name)
    {
        if (string.Equals(Wanted, name, StringComparison.Ordinal))
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();

            // The signal takes effect in a moment; nothing may happen until then.
            using var never = new ManualResetEvent(initialState: false);
            never.WaitOne();
        }
    }
}
