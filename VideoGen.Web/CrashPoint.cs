using System.Diagnostics;
using System.Globalization;

namespace VideoGen.Web;

/// <summary>
/// Ends the process at a named place, as a power cut would, when the environment variable VIDEOGEN_CRASH_AT names it: "stored"
/// for the first time that it is reached, "stored:3" for the third. For scripts/crash-test; compiled into debug builds only, so a
/// released server does not even hold the calls.
/// </summary>
internal static class CrashPoint
{
    /// <summary>The intent to submit is written in a transaction that is not committed.</summary>
    public const string IntentWritten = "intent-written";

    /// <summary>The intent to submit is committed; nothing has been sent.</summary>
    public const string IntentCommitted = "intent-committed";

    /// <summary>The request is made; not a byte of it has left.</summary>
    public const string RequestReady = "request-ready";

    /// <summary>The provider has the request and begins to answer; the answer is not read.</summary>
    public const string RequestSent = "request-sent";

    /// <summary>The provider has answered; its answer is not committed.</summary>
    public const string Answered = "answered";

    /// <summary>The provider's id is committed; the job is still leased to the step that sent it.</summary>
    public const string AnswerCommitted = "answer-committed";

    /// <summary>A submission without an answer is found after a restart; that it is unconfirmed is not committed.</summary>
    public const string AnswerLost = "answer-lost";

    /// <summary>An unconfirmed submission is found at its provider; that it is accepted is not written.</summary>
    public const string SubmissionFound = "submission-found";

    /// <summary>An unconfirmed submission is not found at its provider; neither the look nor a return to the queue is written.</summary>
    public const string SubmissionMissing = "submission-missing";

    /// <summary>The provider has said how a job is; nothing of it is written.</summary>
    public const string Checked = "checked";

    /// <summary>The provider has been told to stop a job; that it is cancelled is not written.</summary>
    public const string StoppedAtProvider = "stopped-at-provider";

    /// <summary>The provider has finished; nothing has been fetched.</summary>
    public const string SavingBegun = "saving-begun";

    /// <summary>A part of a download has been written, and more is to come.</summary>
    public const string DownloadBegun = "download-begun";

    /// <summary>All of a download has been written and none of it flushed.</summary>
    public const string DownloadWhole = "download-whole";

    /// <summary>Poster and facts of a checked download are in the spool; it has not got the name that says so.</summary>
    public const string FactsWritten = "facts-written";

    /// <summary>A checked download is ready in the spool; nothing is in the store.</summary>
    public const string DownloadReady = "download-ready";

    /// <summary>All of a durable file has been written and none of it flushed.</summary>
    public const string FileWritten = "file-written";

    /// <summary>A durable file is flushed and has its temporary name.</summary>
    public const string FileFlushed = "file-flushed";

    /// <summary>A durable file has its name; the name is not flushed.</summary>
    public const string FileRenamed = "file-renamed";

    /// <summary>The video is in the store, and its poster is not.</summary>
    public const string VideoStored = "video-stored";

    /// <summary>The result is stored; its job is not completed.</summary>
    public const string Stored = "stored";

    /// <summary>The job is completed; spool and provider still hold their copies.</summary>
    public const string Completed = "completed";

    /// <summary>The spool has let go of a completed job; its provider has not been told.</summary>
    public const string SpoolReleased = "spool-released";

    /// <summary>The provider has let go of a job; that it has is not written.</summary>
    public const string Released = "released";

    private const string Variable = "VIDEOGEN_CRASH_AT";

    private static readonly string[] Wanted = (Environment.GetEnvironmentVariable(Variable) ?? "").Split(':');
    private static readonly int WantedTime = Wanted is [_, var time] ? int.Parse(time, CultureInfo.InvariantCulture) : 1;
    private static int _times;

    /// <summary>What a test does at the points that its own flow of control reaches, such as failing like a disk; <see langword="null"/> for nothing.</summary>
    public static AsyncLocal<Action<string>?> OnReached { get; } = new();

    [Conditional("DEBUG")]
    public static void Reach(string name)
    {
        OnReached.Value?.Invoke(name);
        if (IsWanted(name))
        {
            End();
        }
    }

    /// <param name="unflushed">Written and not flushed: a power cut may take all of it, which the end of a process alone would not.</param>
    [Conditional("DEBUG")]
    public static void Reach(string name, FileStream unflushed)
    {
        OnReached.Value?.Invoke(name);
        if (IsWanted(name))
        {
            unflushed.SetLength(0);
            End();
        }
    }

    private static bool IsWanted(string name) =>
        string.Equals(Wanted[0], name, StringComparison.Ordinal) && Interlocked.Increment(ref _times) == WantedTime;

    private static void End()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();

        // The signal takes effect in a moment; nothing may happen until then.
        using var never = new ManualResetEvent(initialState: false);
        never.WaitOne();
    }
}
