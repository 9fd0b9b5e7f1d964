namespace VideoGen.Domain.Jobs;

/// <summary>
/// Why a job failed: the closed set that decides whether it is tried again, what people read and who is told.
/// Providers' own errors are translated to it at the edge. Stored by name.
/// </summary>
public enum FailureKind
{
    /// <summary>The provider does not take these inputs. The same request would be refused again.</summary>
    InputRefused,

    /// <summary>Refused by the provider's content rules. The same prompt would be refused again.</summary>
    Moderated,

    /// <summary>The account at the provider has no credit or allowance left.</summary>
    Quota,

    /// <summary>The provider asked us to slow down for longer than we are willing to wait.</summary>
    RateLimited,

    /// <summary>The provider does not accept our key. Concerns every job of that provider.</summary>
    Credentials,

    /// <summary>The provider did not answer, or answered with a server error, for longer than we are willing to wait.</summary>
    ProviderDown,

    /// <summary>The model has been switched off. Nothing was sent.</summary>
    RetiredModel,

    /// <summary>The provider no longer knows the job or its result.</summary>
    LostAtProvider,

    /// <summary>No sign of progress for longer than the model's limit. The provider job id is kept.</summary>
    TimedOut,

    /// <summary>What the provider delivered is not a playable video.</summary>
    BadMedia,

    /// <summary>The video could not be put into the store. The downloaded file waits in the spool.</summary>
    Storage,

    /// <summary>A person gave up an unconfirmed submission.</summary>
    Unconfirmed,

    /// <summary>Working on it took the server down, or failed here for too long: our fault. The provider job id, if there is one, is kept.</summary>
    Quarantined,

    /// <summary>The provider reported that generating failed, or answered in a way we cannot read.</summary>
    ProviderError,
}
