using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Media;
using VideoGen.Tests.Providers;
using VideoGen.Web.Engine;
using VideoGen.Web.Jobs.Recovery;

namespace VideoGen.Tests.Engine;

/// <summary>What can happen to a job from outside of it.</summary>
public enum Happening
{
    Look,
    OtherLooks,
    BothLookAtOnce,
    LateCheck,
    SecondsPass,
    MomentPasses,
    HourPasses,
    SubmitAccepts,
    SubmitIsRefused,
    SubmitMeetsBusyProvider,
    SubmitLosesItsAnswer,
    SubmitIsLostOnTheWay,
    SenderDiesWithTheAnswer,
    CheckFindsItRunning,
    CheckFindsItFinished,
    CheckFindsItFailed,
    CheckFindsNothing,
    CheckMeetsBusyProvider,
    ListingIsUpToDate,
    ListingLags,
    ListingCannotBeRead,
    ResultIsAVideo,
    ResultIsNone,
    ResultIsNotThere,
    StoreGoesDown,
    StoreComesBack,
    OwnerStopsIt,
    OwnerRunsItAgain,
    OwnerRunsItAgainByForce,
    OwnerLooks,
    OwnerResetsIt,
    OwnerResetsItByForce,
    OwnerSendsItAgain,
    OwnerNamesWhatWasMade,
    OwnerGivesItUp,
}

/// <summary>One job, its two processes, and what its provider, its store and its owner are like just now.</summary>
internal sealed class LifecycleWorld
{
    private static readonly byte[] NoVideo = "<html>Not a video</html>"u8.ToArray();

    private readonly EngineHarness _one;
    private readonly EngineHarness _two;
    private readonly TestClock _clock;
    private readonly GenerationJob _job;
    private readonly LifecycleListing _listing;

    /// <param name="takeAway">Takes the job from whoever works on it, in the name of a process that is dead at that instant.</param>
    public LifecycleWorld(EngineHarness one, EngineHarness two, GenerationJob job, TestClock clock, Func<Guid, DateTimeOffset, Task> takeAway)
    {
        (_one, _two, _job, _clock, TakeAway) = (one, two, job, clock, takeAway);
        _listing = new LifecycleListing(clock);
        Provider.OnFindSubmission = (trace, _) => Task.FromResult(_listing.Find(trace, Lookup));
        Set(Happening.SubmitAccepts);
        Set(Happening.CheckFindsItRunning);
        Set(Happening.ListingLags);
        Set(Happening.ResultIsAVideo);
        Set(Happening.StoreComesBack);
    }

    public Guid JobId => _job.Id;

    /// <summary>The names of the attempts that a request went out for; one entry for each request.</summary>
    public List<string> Sent { get; } = [];

    /// <summary>
    /// How many requests the provider has taken since the owner last asked for one; and where nobody can find out whether it has, how
    /// many it may have taken.
    /// </summary>
    public int MayBePaidSinceTheOwnerAsked { get; private set; }

    private Func<Guid, DateTimeOffset, Task> TakeAway { get; }

    private TestVideoProvider Provider => _one.Provider;

    private SubmissionLookup Lookup => Provider.Capabilities.SubmissionLookup;

    public async Task HappensAsync(Happening happening)
    {
        switch (happening)
        {
            case Happening.Look:
                await _one.StepAsync(JobId);
                break;
            case Happening.OtherLooks:
                await _two.StepAsync(JobId);
                break;
            case Happening.BothLookAtOnce:
                await Task.WhenAll(Task.Run(() => _one.StepAsync(JobId)), Task.Run(() => _two.StepAsync(JobId)));
                break;
            case Happening.LateCheck:
                await _two.Get<LateChecks>().SweepAsync(CancellationToken.None);
                break;
            case Happening.SecondsPass:
                _clock.Advance(TimeSpan.FromSeconds(6));
                break;
            case Happening.MomentPasses:
                _clock.Advance(TimeSpan.FromSeconds(40));
                break;
            case Happening.HourPasses:
                _clock.Advance(TimeSpan.FromHours(1));
                break;
            case Happening.OwnerStopsIt:
                await RecoverAsync(RecoveryAction.Cancel);
                break;
            case Happening.OwnerLooks:
                await RecoverAsync(RecoveryAction.CheckNow);
                break;
            case Happening.OwnerNamesWhatWasMade:
                await NameAsync();
                break;
            case Happening.OwnerGivesItUp:
                await RecoverAsync(RecoveryAction.GiveUp);
                break;
            case Happening.OwnerResetsIt:
                await RecoverAsync(RecoveryAction.Reset);
                break;
            case Happening.OwnerResetsItByForce:
                await RecoverAsync(RecoveryAction.Reset, force: true);
                break;
            case Happening.OwnerRunsItAgain:
                await AskToPayAsync(RecoveryAction.Retry, force: false);
                break;
            case Happening.OwnerRunsItAgainByForce:
                await AskToPayAsync(RecoveryAction.Retry, force: true);
                break;
            case Happening.OwnerSendsItAgain:
                await AskToPayAsync(RecoveryAction.SubmitAgain, force: true);
                break;
            default:
                Set(happening);
                break;
        }
    }

    private async Task AskToPayAsync(RecoveryAction action, bool force)
    {
        if ((await RecoverAsync(action, force)).IsDone)
        {
            MayBePaidSinceTheOwnerAsked = 0;
        }
    }

    private Task<RecoveryResult> NameAsync() => _one.RecoverAsync(
        _job.OwnerId, RecoveryOrder.For(RecoveryAction.Adopt, JobId) with { ProviderJobId = _listing.LatestId ?? "nothing-of-ours" });

    private Task<RecoveryResult> RecoverAsync(RecoveryAction action, bool force = false) => _one.RecoverAsync(
        _job.OwnerId, RecoveryOrder.For(action, JobId) with { Force = force, Reason = force ? "I insist." : null });

    private void Set(Happening weather)
    {
        switch (weather)
        {
            case Happening.SubmitAccepts:
                OnSubmit(isTaken: true, Task.FromResult);
                break;
            case Happening.SubmitIsRefused:
                OnSubmit(isTaken: false, _ => throw new VideoProviderException(FailureKind.Moderated, "The provider said no."));
                break;
            case Happening.SubmitMeetsBusyProvider:
                OnSubmit(isTaken: false, _ => throw Busy());
                break;
            case Happening.SubmitLosesItsAnswer:
                OnSubmit(isTaken: true, _ => throw new IOException("The connection was reset."));
                break;
            case Happening.SubmitIsLostOnTheWay:
                OnSubmit(isTaken: false, _ => throw new IOException("The connection was reset."), isDoubtful: true);
                break;
            case Happening.SenderDiesWithTheAnswer:
                OnSubmit(isTaken: true, async id =>
                {
                    await TakeAway(JobId, _clock.Now);
                    return id;
                });
                break;
            case Happening.CheckFindsItRunning:
                Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running());
                break;
            case Happening.CheckFindsItFinished:
                Provider.OnCheck = null;
                break;
            case Happening.CheckFindsItFailed:
                Provider.OnCheck = (_, _) => Task.FromResult(new ProviderJob { State = ProviderJobState.Failed, RawStatus = "failed" });
                break;
            case Happening.CheckFindsNothing:
                Provider.OnCheck = (_, _) => throw new VideoProviderException(FailureKind.LostAtProvider, "Job not found - it may have expired");
                break;
            case Happening.CheckMeetsBusyProvider:
                Provider.OnCheck = (_, _) => throw Busy();
                break;
            case Happening.ListingIsUpToDate or Happening.ListingLags or Happening.ListingCannotBeRead:
                _listing.Lag = weather is Happening.ListingLags ? LifecycleListing.LongestLag : TimeSpan.Zero;
                _listing.Trouble = weather is Happening.ListingCannotBeRead ? Busy() : null;
                break;
            default:
                SetResultOrStore(weather);
                break;
        }
    }

    private void SetResultOrStore(Happening weather)
    {
        switch (weather)
        {
            case Happening.ResultIsAVideo:
                Provider.ResultPath = SampleVideo.Mp4Path;
                Provider.OnOpenResult = null;
                break;
            case Happening.ResultIsNone:
                Provider.OnOpenResult = (_, _, _) => Task.FromResult(TestVideoProvider.Bytes(NoVideo, NoVideo.Length));
                break;
            case Happening.ResultIsNotThere:
                Provider.OnOpenResult = (_, _, _) => throw new VideoProviderException(FailureKind.LostAtProvider, "The file is not there.") { IsResultMissing = true };
                break;
            case Happening.StoreGoesDown or Happening.StoreComesBack:
                _one.Store.IsDown = _two.Store.IsDown = weather is Happening.StoreGoesDown;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(weather), weather, message: null);
        }
    }

    private void OnSubmit(bool isTaken, Func<string, Task<string>> answer, bool isDoubtful = false) => Provider.OnSubmit = (request, _) =>
    {
        var staysUnknown = isDoubtful && Lookup is SubmissionLookup.None or SubmissionLookup.Likely;
        lock (Sent)
        {
            Sent.Add(request.SubmitKey);
            MayBePaidSinceTheOwnerAsked += isTaken || staysUnknown ? 1 : 0;
        }

        return answer(isTaken ? _listing.Add(request.SubmitKey, $"{JobId}-{Sent.Count}") : "");
    };

    private static VideoProviderException Busy() => new(FailureKind.RateLimited, "The provider is busy.", "429") { IsTransient = true };
}
