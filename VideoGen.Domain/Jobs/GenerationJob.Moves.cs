namespace VideoGen.Domain.Jobs;

// One method per move of the life of a job. From any other status than its own it throws InvalidJobTransitionException and
// changes nothing.
public sealed partial class GenerationJob
{
    /// <summary>Queued → Submitting. The caller commits this before it sends the one request.</summary>
    public SubmissionAttempt BeginSubmission(SubmissionIntent intent, DateTimeOffset at)
    {
        var setbacks = Setbacks;
        MoveTo(JobStatus.Submitting, "Its turn came", JobActor.Poller, at);

        // Sending is not success yet: the back-off goes on growing until the provider accepts.
        Setbacks = setbacks;
        var attempt = new SubmissionAttempt(Id, ++AttemptCount, intent, at);
        _attempts.Add(attempt);
        SubmittedAt = at;
        return attempt;
    }

    /// <summary>Submitting or Unconfirmed → Generating: the provider has it under this id.</summary>
    public void Accept(string providerJobId, string reason, DateTimeOffset at, JobActor? actor = null)
    {
        RequireStatus(JobStatus.Generating, JobStatus.Submitting, JobStatus.Unconfirmed);
        OpenAttempt.Close(AttemptOutcome.Accepted, providerJobId, at);
        MoveTo(JobStatus.Generating, reason, actor ?? JobActor.Poller, at);
        ProviderJobId = providerJobId;
        GeneratingAt = at;
    }

    /// <summary>Submitting or Unconfirmed → Queued: the provider provably has nothing.</summary>
    /// <param name="notBefore">When it may be sent again; <see langword="null"/> for at once.</param>
    public void ReturnToQueue(string reason, DateTimeOffset at, DateTimeOffset? notBefore = null)
    {
        RequireStatus(JobStatus.Queued, JobStatus.Submitting, JobStatus.Unconfirmed);
        var setbacks = Setbacks;
        OpenAttempt.Close(AttemptOutcome.NotSent, providerJobId: null, at);
        MoveTo(JobStatus.Queued, reason, JobActor.Poller, at);
        SubmittedAt = null;
        NotBefore = notBefore;
        Setbacks = notBefore is null ? 0 : setbacks + 1;
    }

    /// <summary>Submitting → Unconfirmed: the answer was lost, so the request must not be repeated.</summary>
    public void LoseAnswer(string reason, DateTimeOffset at)
    {
        RequireStatus(JobStatus.Unconfirmed, JobStatus.Submitting);

        // An answer that a sender left behind after it had lost the job is kept: it is how the paid job is found.
        OpenAttempt.Close(AttemptOutcome.Unknown, OpenAttempt.ProviderJobId, at);
        MoveTo(JobStatus.Unconfirmed, reason, JobActor.Poller, at);
    }

    /// <summary>Unconfirmed → Queued: a person accepts that it may be paid twice. What became of the attempt stays unknown.</summary>
    public void SubmitAgain(string reason, DateTimeOffset at, JobActor actor)
    {
        RequireStatus(JobStatus.Queued, JobStatus.Unconfirmed);
        MoveTo(JobStatus.Queued, reason, actor, at);
        SubmittedAt = null;
        CancelRequestedAt = null;
    }

    /// <summary>Generating → Saving: the provider has finished.</summary>
    /// <param name="resultCount">How many files there are; at least 1.</param>
    public void FinishGenerating(string providerStatus, int resultCount, DateTimeOffset at, JobActor? actor = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resultCount, 1);
        RequireStatus(JobStatus.Saving, JobStatus.Generating);
        MoveTo(JobStatus.Saving, "The provider has finished", actor ?? JobActor.Poller, at);
        ProviderStatus = Cut(providerStatus, MaxProviderStatusLength);
        ResultCount = resultCount;
        LastCheckedAt = at;
        SavingAt = at;
        if (Progress is not null)
        {
            Progress = 1;
        }
    }

    /// <summary>Saving → Completed. The caller adds the videos in the same transaction.</summary>
    public void Complete(string reason, DateTimeOffset at)
    {
        MoveTo(JobStatus.Completed, reason, JobActor.Poller, at);
        CompletedAt = at;
        Cost = ExpectedCost;
        CancelRequestedAt = null;
    }

    /// <summary>Any running status → Failed.</summary>
    /// <param name="lateChecksUntil">For a time-out: how long the provider job is still looked for.</param>
    public void Fail(JobFailure failure, DateTimeOffset at, DateTimeOffset? lateChecksUntil = null, JobActor? actor = null)
    {
        // After a lost answer the attempt stays Unknown: nobody has refused it.
        if (Status is JobStatus.Submitting)
        {
            OpenAttempt.Close(AttemptOutcome.Refused, providerJobId: null, at);
        }

        MoveTo(JobStatus.Failed, failure.Message, actor ?? JobActor.Poller, at);
        FailureKind = failure.Kind;
        FailureMessage = Cut(failure.Message, MaxTextLength);
        FailureDetail = failure.Detail;
        LateChecksUntil = lateChecksUntil;
        CancelRequestedAt = null;
    }

    /// <summary>Queued, Unconfirmed or Generating → Cancelled: what <see cref="CancelRequestedAt"/> asked for is done.</summary>
    public void Cancel(string reason, DateTimeOffset at, JobActor? actor = null)
    {
        RequireStatus(JobStatus.Cancelled, JobStatus.Queued, JobStatus.Unconfirmed, JobStatus.Generating);
        MoveTo(JobStatus.Cancelled, reason, actor ?? JobActor.Poller, at);
        CancelRequestedAt = null;
    }

    /// <summary>
    /// Unconfirmed, Generating or Failed → Cancelled, ready to be run again: forgets the provider job and the failure. Whoever calls
    /// it has seen to it that nothing paid is lost. Nothing is sent until <see cref="Retry"/>.
    /// </summary>
    public void Reset(string reason, DateTimeOffset at, JobActor actor)
    {
        RequireStatus(JobStatus.Cancelled, JobStatus.Unconfirmed, JobStatus.Generating, JobStatus.Failed);
        MoveTo(JobStatus.Cancelled, reason, actor, at);
        ForgetFailure();
        ForgetProviderJob();
        ResetAt = at;
    }

    /// <summary>Failed or Cancelled → Queued: run again with the same inputs. Forgets the provider job of the earlier run.</summary>
    public void Retry(DateTimeOffset at, JobActor actor, string reason = "Run again")
    {
        RequireStatus(JobStatus.Queued, JobStatus.Failed, JobStatus.Cancelled);
        MoveTo(JobStatus.Queued, reason, actor, at);
        ForgetFailure();
        ForgetProviderJob();
        ResetAt = null;
        QueuedAt = at;
    }

    /// <summary>Failed → Generating: look at the provider job again instead of paying for another. There must be one.</summary>
    /// <param name="notBefore">When it may be looked at; <see langword="null"/> for at once.</param>
    public void ResumeGenerating(string reason, DateTimeOffset at, JobActor actor, DateTimeOffset? notBefore = null)
    {
        RequireStatus(JobStatus.Generating, JobStatus.Failed);
        RequireProviderJob();
        MoveTo(JobStatus.Generating, reason, actor, at);
        ForgetFailure();
        NotBefore = notBefore;
    }

    /// <summary>Failed → Saving: the provider's result exists, and saving it is tried again.</summary>
    public void ResumeSaving(string reason, DateTimeOffset at, JobActor actor)
    {
        RequireStatus(JobStatus.Saving, JobStatus.Failed);
        RequireProviderJob();
        if (ResultCount == 0)
        {
            throw new InvalidOperationException($"The provider never finished job {Id}: there is nothing to save.");
        }

        MoveTo(JobStatus.Saving, reason, actor, at);
        ForgetFailure();
        SavingAt ??= at;
    }

    /// <summary>Records the owner's wish to stop. The engine carries it out; asking twice is the same as asking once.</summary>
    /// <returns><see langword="false"/> when the job has already ended.</returns>
    public bool RequestCancel(DateTimeOffset at)
    {
        if (!Status.IsActive())
        {
            return false;
        }

        CancelRequestedAt ??= at;
        return true;
    }

    /// <summary>Takes over what the provider reported. Progress never falls, whatever the provider says.</summary>
    /// <param name="progress">0 to 1, or <see langword="null"/> when it reports none.</param>
    /// <returns>Whether anything that people see has changed.</returns>
    public bool Observe(string providerStatus, double? progress, DateTimeOffset at)
    {
        providerStatus = Cut(providerStatus, MaxProviderStatusLength);
        var wasDelayed = Setbacks > 0;
        LastCheckedAt = at;
        Setbacks = 0;
        ForgetUnknownLooks();
        NotBefore = null;

        var grown = progress is { } reported && reported > (Progress ?? -1);
        var reworded = !string.Equals(ProviderStatus, providerStatus, StringComparison.Ordinal);
        if (grown)
        {
            Progress = Math.Clamp(progress!.Value, 0, 1);
        }

        if (grown || reworded)
        {
            ProviderStatus = providerStatus;
            LastProgressAt = at;
        }

        return grown || reworded || wasDelayed;
    }

    /// <summary>The provider can be asked again after a long time in which it could not be: the wait for progress begins anew.</summary>
    public void RegainSight(DateTimeOffset at) => LastProgressAt = at;

    /// <summary>The step could not be done just now; the job keeps its state and is tried again.</summary>
    public void Postpone(DateTimeOffset notBefore)
    {
        Setbacks++;
        NotBefore = notBefore;
    }

    /// <summary>
    /// The provider is left alone and was not asked; the job is looked at again then. That counts as one setback, however often:
    /// otherwise each outage would leave its jobs waiting for long after the provider is back.
    /// </summary>
    public void AwaitProvider(DateTimeOffset notBefore)
    {
        Setbacks = Math.Max(Setbacks, 1);
        NotBefore = notBefore;
    }

    /// <summary>The provider was asked about its job, whatever it answered.</summary>
    public void WasAsked(DateTimeOffset at) => AskedAt = at;

    /// <summary>The provider answered that it knows no such job; it is asked again before that is believed, and only then does it count again.</summary>
    public void WasUnknown(DateTimeOffset notBefore)
    {
        UnknownLooks++;
        UnknownCountsFrom = notBefore;
        AwaitProvider(notBefore);
    }

    /// <summary>A look before its time showed nothing new: what was planned is kept to.</summary>
    public void LookedTooEarly(DateTimeOffset notBefore) => NotBefore = notBefore;

    /// <summary>It timed out, and the provider has not finished it yet; it is looked at again then.</summary>
    public void LookLater(DateTimeOffset notBefore)
    {
        ForgetUnknownLooks();
        NotBefore = notBefore;
    }

    /// <summary>It timed out, and no video will turn up any more.</summary>
    public void EndLateChecks(string reason, DateTimeOffset at)
    {
        LateChecksUntil = null;
        NotBefore = null;
        Remark(reason, at, JobActor.Poller);
    }

    /// <summary>The provider showed no trace of the submission this time; it is looked for again, and only then does it count again.</summary>
    public void LookedInVain(DateTimeOffset notBefore)
    {
        OpenAttempt.LookedInVain(notBefore);
        NotBefore = notBefore;
    }

    /// <summary>Adds a line to the history without a move.</summary>
    public void Remark(string reason, DateTimeOffset at, JobActor actor) =>
        _events.Add(new JobEvent(Id, at, Status, Status, Cut(reason, MaxTextLength), actor));

    /// <summary>The provider may drop what it keeps of this job.</summary>
    public void MarkReleased(DateTimeOffset at) => ReleasedAt = at;

    /// <summary>Ends the work of the process that holds the lease. Written together with its last change.</summary>
    public void ReleaseLease()
    {
        LeaseOwner = null;
        LeaseUntil = null;
    }

    private void ForgetFailure()
    {
        FailureKind = null;
        FailureMessage = null;
        FailureDetail = null;
        LateChecksUntil = null;
        CancelRequestedAt = null;
    }
    private void ForgetProviderJob()
    {
        ProviderJobId = null;
        ProviderStatus = null;
        Progress = null;
        ResultCount = 0;
        ReleasedAt = null;
        SubmittedAt = null;
        GeneratingAt = null;
        SavingAt = null;
        LastCheckedAt = null;
        AskedAt = null;
    }
}
