namespace VideoGen.Domain.Jobs;

/// <summary>
/// Where a job is in its life. Whether it is well there is a second axis, see <see cref="JobHealth"/>.
/// Stored by name; <see cref="JobTransitions"/> holds the allowed moves.
/// </summary>
public enum JobStatus
{
    /// <summary>Accepted from the person; nothing has been sent. The engine submits it when its provider has room.</summary>
    Queued,

    /// <summary>The intent to send is committed and one request is on its way. Left by the answer, or by the loss of it.</summary>
    Submitting,

    /// <summary>
    /// A request may have been accepted and billed, and we do not know. Left when the provider job is found,
    /// when the provider is certain to have none, or by a person. Never submitted again by itself.
    /// </summary>
    Unconfirmed,

    /// <summary>We hold the provider's id and poll it.</summary>
    Generating,

    /// <summary>The provider is done; the result is being downloaded, checked and stored.</summary>
    Saving,

    /// <summary>Stored, verified and in the gallery. Final.</summary>
    Completed,

    /// <summary>Stopped with a <see cref="FailureKind"/> and a reason. A person may retry it.</summary>
    Failed,

    /// <summary>Stopped by a person, who may retry it; or reset, see <see cref="GenerationJob.ResetAt"/>.</summary>
    Cancelled,
}
