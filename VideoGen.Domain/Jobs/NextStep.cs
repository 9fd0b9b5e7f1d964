namespace VideoGen.Domain.Jobs;

/// <summary>The one right next step after a failure.</summary>
public enum NextStep
{
    /// <summary>Choose other settings; the same ones would be refused again.</summary>
    ChangeSettings,

    /// <summary>Write the prompt differently.</summary>
    EditPrompt,

    /// <summary>Choose another model or provider.</summary>
    PickModel,

    /// <summary>Run it again with the same inputs.</summary>
    Retry,

    /// <summary>Look at the provider job again.</summary>
    CheckNow,

    /// <summary>Store the file that has been downloaded already.</summary>
    StoreAgain,
}

/// <summary>Which step a kind of failure calls for.</summary>
public static class NextSteps
{
    /// <param name="kind">Why it failed.</param>
    /// <param name="mayStillBeThere">See <see cref="GenerationJob.MayStillBeThere"/>: then asking again comes before paying again.</param>
    public static NextStep After(FailureKind kind, bool mayStillBeThere) => After(kind) switch
    {
        NextStep.Retry when mayStillBeThere => NextStep.CheckNow,
        var step => step,
    };

    private static NextStep After(FailureKind kind) => kind switch
    {
        FailureKind.InputRefused => NextStep.ChangeSettings,
        FailureKind.Moderated => NextStep.EditPrompt,
        FailureKind.Quota or FailureKind.Credentials or FailureKind.RetiredModel => NextStep.PickModel,
        FailureKind.TimedOut => NextStep.CheckNow,
        FailureKind.Storage or FailureKind.BadMedia => NextStep.StoreAgain,
        FailureKind.RateLimited or FailureKind.ProviderDown or FailureKind.LostAtProvider
            or FailureKind.Unconfirmed or FailureKind.Quarantined or FailureKind.ProviderError => NextStep.Retry,
    };
}
