namespace VideoGen.Web.Jobs.Recovery;

/// <summary>
/// Carries out what a person orders about stuck or stopped jobs: their own, or anybody's for an administrator. One job's refusal or
/// fault stops none of the others.
/// </summary>
internal sealed partial class RecoverJobsCommand(JobRecovery recovery, ILogger<RecoverJobsCommand> logger)
{
    // An order may ask providers about each of its jobs while a person waits.
    private const int AtOnce = 8;

    /// <param name="actorId">Who orders it.</param>
    /// <param name="order">What is ordered.</param>
    /// <param name="cancellationToken">Stops between jobs; what is done stays done.</param>
    /// <returns>One result for each job, in the order of the ids.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="RecoveryOrder.MostJobs"/> jobs.</exception>
    public async Task<IReadOnlyList<RecoveryResult>> ExecuteAsync(Guid actorId, RecoveryOrder order, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order.JobIds.Count, RecoveryOrder.MostJobs, nameof(order));
        var jobIds = order.JobIds.Distinct().ToList();
        var results = new RecoveryResult[jobIds.Count];
        await Parallel.ForAsync(
            0,
            jobIds.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (index, token) => results[index] = await RunAsync(actorId, order, jobIds[index], token));
        return results;
    }

    private async Task<RecoveryResult> RunAsync(Guid actorId, RecoveryOrder order, Guid jobId, CancellationToken cancellationToken)
    {
        try
        {
            return await recovery.RunAsync(actorId, order, jobId, cancellationToken);
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(ex, order.Action.ToString(), jobId);
            await RecordFaultAsync(actorId, order, jobId);
            return new RecoveryResult(jobId, RecoveryOutcome.Refused, "This could not be done just now. Try again.");
        }
    }

    private async Task RecordFaultAsync(Guid actorId, RecoveryOrder order, Guid jobId)
    {
        try
        {
            await recovery.RecordFaultAsync(actorId, order, jobId, CancellationToken.None);
        }
        catch (Exception ex)
        {
            // Most likely the database itself, which is what the action has just failed on.
            LogNotRecorded(ex, order.Action.ToString(), jobId);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Action} of job {JobId} failed")]
    private partial void LogFailed(Exception exception, string action, Guid jobId);

    [LoggerMessage(Level = LogLevel.Error, Message = "That {Action} of job {JobId} failed could not be put into the audit log")]
    private partial void LogNotRecorded(Exception exception, string action, Guid jobId);
}
