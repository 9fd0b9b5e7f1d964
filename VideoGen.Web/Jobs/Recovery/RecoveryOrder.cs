using VideoGen.Domain.Jobs;

namespace VideoGen.Web.Jobs.Recovery;

/// <summary>One action on one or many jobs, as a person ordered it.</summary>
public sealed record RecoveryOrder
{
    /// <summary>Most jobs of one order.</summary>
    public const int MostJobs = 200;

    public required RecoveryAction Action { get; init; }

    /// <summary>At most <see cref="MostJobs"/>. One that is named twice counts once.</summary>
    public required IReadOnlyList<Guid> JobIds { get; init; }

    /// <summary>
    /// Accepts what <see cref="RecoveryPermission.OnlyByForce"/> warns of: that something paid may be lost, or paid for twice. Counts only
    /// together with a <see cref="Reason"/>.
    /// </summary>
    public bool Force { get; init; }

    /// <summary>Why, in the person's words; kept in the history. One line of at most <see cref="RecoveryRules.MaxReasonLength"/> characters.</summary>
    public string? Reason { get; init; }

    /// <summary>For <see cref="RecoveryAction.Adopt"/>: the provider's id, for one job.</summary>
    public string? ProviderJobId { get; init; }

    public static RecoveryOrder For(RecoveryAction action, params IReadOnlyList<Guid> jobIds) => new() { Action = action, JobIds = jobIds };

    /// <summary>The reason as it is kept, or <see langword="null"/>.</summary>
    internal string? Why => string.IsNullOrWhiteSpace(Reason) ? null : Reason.Trim();

    /// <summary>What is wrong with the order itself, whatever the jobs are like; <see langword="null"/> for nothing.</summary>
    internal string? Problem => this switch
    {
        { Force: true, Why: null } => "Say why. It is kept in the history.",
        { Why: { } why } when why.Length > RecoveryRules.MaxReasonLength || why.Any(char.IsControl) =>
            $"The reason is one line of at most {RecoveryRules.MaxReasonLength} characters.",
        { Action: RecoveryAction.Adopt, JobIds.Count: > 1 } => "A provider job belongs to one job only.",
        { Action: RecoveryAction.Adopt } when !RecoveryRules.CanBeProviderJobId(ProviderJobId?.Trim() ?? "") =>
            "This does not look like a provider’s id of a job.",
        _ => null,
    };
}
