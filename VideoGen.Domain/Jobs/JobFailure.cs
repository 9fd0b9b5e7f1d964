namespace VideoGen.Domain.Jobs;

/// <summary>Why a job stopped.</summary>
/// <param name="Kind">Decides retry, wording and who is told.</param>
/// <param name="Message">A sentence for people: what happened, in plain words, without secrets.</param>
/// <param name="Detail">The raw text for administrators, or <see langword="null"/>. Without keys and signed links.</param>
public sealed record JobFailure(FailureKind Kind, string Message, string? Detail = null);
