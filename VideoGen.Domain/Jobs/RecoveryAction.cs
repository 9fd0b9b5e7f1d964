namespace VideoGen.Domain.Jobs;

/// <summary>What people can do about a job that does not go on as it should.</summary>
public enum RecoveryAction
{
    /// <summary>Ask the provider at once, or look for a lost submission at once. Free.</summary>
    CheckNow,

    /// <summary>Forget the provider job after one last look, so that the job can be run again. Sends nothing.</summary>
    Reset,

    /// <summary>Set a stopped job going again in the cheapest way that can succeed. May send it, and cost.</summary>
    Retry,

    /// <summary>Ask for a running job to be stopped.</summary>
    Cancel,

    /// <summary>Unconfirmed: follow this provider job from now on. Free.</summary>
    Adopt,

    /// <summary>Unconfirmed: send it again, which may be charged twice.</summary>
    SubmitAgain,

    /// <summary>Unconfirmed: close it as failed.</summary>
    GiveUp,
}

/// <summary>Whether an action is allowed on a job.</summary>
public enum RecoveryPermission
{
    /// <summary>It is.</summary>
    Allowed,

    /// <summary>Only for a person who insists and says why: something paid may be lost, or paid for twice.</summary>
    OnlyByForce,

    /// <summary>It is not, whatever the person says.</summary>
    Refused,
}

/// <summary>What <see cref="RecoveryRules"/> say of one action on one job.</summary>
/// <param name="Permission">Whether it is allowed.</param>
/// <param name="Reason">Why not: a sentence for people; <see langword="null"/> exactly when it is allowed.</param>
public readonly record struct RecoveryVerdict(RecoveryPermission Permission, string? Reason)
{
    public static RecoveryVerdict Allowed => new(RecoveryPermission.Allowed, Reason: null);

    public static RecoveryVerdict OnlyByForce(string reason) => new(RecoveryPermission.OnlyByForce, reason);

    public static RecoveryVerdict Refused(string reason) => new(RecoveryPermission.Refused, reason);
}
