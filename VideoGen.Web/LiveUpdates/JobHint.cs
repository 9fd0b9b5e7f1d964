namespace VideoGen.Web.LiveUpdates;

/// <summary>Which jobs may look different now. A reason to run a query again, never data.</summary>
public sealed class JobHint
{
    // Beyond this, naming the jobs costs more than looking at all of them.
    private const int MostNamed = 200;

    private readonly HashSet<Guid>? _jobIds;

    private JobHint(HashSet<Guid>? jobIds) => _jobIds = jobIds;

    /// <summary>Anything may have changed: on connecting, or after more changes than are worth naming.</summary>
    public static JobHint Everything { get; } = new(null);

    public static JobHint Of(IEnumerable<Guid> jobIds) => new([.. jobIds]);

    /// <summary>Whether somebody who shows this job has a reason to look again.</summary>
    public bool Concerns(Guid jobId) => _jobIds is null || _jobIds.Contains(jobId);

    /// <summary>Both hints as one, for a listener that had no time for the first.</summary>
    public JobHint And(JobHint other) =>
        _jobIds is null || other._jobIds is null || _jobIds.Count + other._jobIds.Count > MostNamed
            ? Everything
            : Of(_jobIds.Union(other._jobIds));
}
