namespace VideoGen.Simulator.Dialects;

/// <summary>A no, before a vendor has put it into its own words.</summary>
/// <param name="Reason">Decides status and code.</param>
/// <param name="Message">What is wrong with the request, where only the request can tell.</param>
/// <param name="Field">The field that is wrong.</param>
internal sealed record Refusal(RefusalReason Reason, string? Message = null, string? Field = null);

/// <summary>Why a vendor says no.</summary>
internal enum RefusalReason
{
    /// <summary>The request is not as the vendor wants it: 400 or 422.</summary>
    BadRequest,

    /// <summary>No key or a wrong one: 401.</summary>
    Unauthorized,

    /// <summary>Nothing is left to spend: 402, 403 or 429.</summary>
    QuotaExceeded,

    /// <summary>The prompt is against the vendor's policy.</summary>
    Moderated,

    /// <summary>No such job, or none that can be seen any more: 404.</summary>
    NotFound,

    /// <summary>The job exists, but its result cannot be had yet.</summary>
    NotReady,

    /// <summary>The result was there and is no longer: 404 or 410.</summary>
    Gone,

    /// <summary>The job is not in a state for this: 409 or 400.</summary>
    Conflict,

    /// <summary>Too many requests: 429. The header is set by whoever asks for this.</summary>
    RateLimited,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>503.</summary>
    Unavailable,
}
