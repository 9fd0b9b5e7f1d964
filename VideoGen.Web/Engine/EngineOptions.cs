using System.ComponentModel.DataAnnotations;

namespace VideoGen.Web.Engine;

/// <summary>How the engine works through the jobs. Section "Engine".</summary>
public sealed class EngineOptions
{
    public const string SectionName = "Engine";

    /// <summary>How often a running job is looked at, unless its provider names another interval. R-10 names 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many steps may run at once. R-10 names 100.</summary>
    [Range(1, 1000)]
    public int MaxParallelSteps { get; set; } = 100;

    /// <summary>How often the triggers are held against the jobs table.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ReconcileInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the answer to a submission is waited for; after that it is unconfirmed. Generous, because giving up early
    /// turns a slow provider into a question for a person.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan SubmitTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long until a lost submission is looked for again. A provider's listing may lag; three looks that show nothing are believed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LookAgainAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a step owns its job without a sign of life; a longer step renews it.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>After this long a job that cannot be submitted, checked or fetched, or does not finish, fails. R-15 names 24 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How often within a day the process may die while it works on a job, in one status of it, before the job is set aside.</summary>
    [Range(2, 1_000_000)]
    public int QuarantineAfter { get; set; } = 3;

    /// <summary>How many results are downloaded and stored at once.</summary>
    [Range(1, 100)]
    public int MaxParallelSaves { get; set; } = 4;

    /// <summary>How long a stop waits for running steps. The host is killed by most supervisors after 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(25);
}
