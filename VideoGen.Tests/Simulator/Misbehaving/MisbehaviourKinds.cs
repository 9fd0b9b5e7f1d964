using System.Text.Json;

namespace VideoGen.Simulator.Misbehaving;

/// <summary>Where each kind belongs.</summary>
internal static class MisbehaviourKinds
{
    /// <summary>From how it is written in a prompt, such as "answer-lost", to the kind.</summary>
    public static readonly IReadOnlyDictionary<string, MisbehaviourKind> ByWord = Enum.GetValues<MisbehaviourKind>()
        .ToDictionary(kind => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()), StringComparer.OrdinalIgnoreCase);

    /// <summary>What a healthy system gets over by itself, without losing a job.</summary>
    public static readonly IReadOnlyList<MisbehaviourKind> Survivable =
    [
        MisbehaviourKind.Slow, MisbehaviourKind.RateLimited, MisbehaviourKind.ServerError, MisbehaviourKind.Unavailable,
        MisbehaviourKind.ResetAfterRead, MisbehaviourKind.AnswerLost, MisbehaviourKind.AnswerTruncated,
        MisbehaviourKind.AnswerNotJson, MisbehaviourKind.ExtraFields, MisbehaviourKind.UnknownStatusWord, MisbehaviourKind.ProgressBackwards,
        MisbehaviourKind.StatusBackwards, MisbehaviourKind.ResultNotReady, MisbehaviourKind.LinkExpired, MisbehaviourKind.TruncatedFile,
        MisbehaviourKind.TruncatedVideo, MisbehaviourKind.HtmlAsVideo, MisbehaviourKind.WrongContentLength, MisbehaviourKind.NoContentLength,
        MisbehaviourKind.EmptyFile, MisbehaviourKind.RangeIgnored,
    ];

    /// <summary>Where a kind shows that nobody gave an operation to.</summary>
    public static Operation NaturalOperation(this MisbehaviourKind kind) => kind switch
    {
        MisbehaviourKind.JobLost or MisbehaviourKind.GzipBomb or MisbehaviourKind.ExtraFields => Operation.Check,
        _ when kind.IsOfContent() => Operation.Content,
        _ => Operation.Create,
    };

    /// <summary>Whether a kind means anything at an operation.</summary>
    public static bool FitsAt(this MisbehaviourKind kind, Operation operation) => kind switch
    {
        MisbehaviourKind.NoIdInAnswer or MisbehaviourKind.DuplicateId or MisbehaviourKind.WebhookEarly or MisbehaviourKind.WebhookLate
            or MisbehaviourKind.WebhookTwice or MisbehaviourKind.WebhookForged => operation is Operation.Create or Operation.Remix,
        _ when kind.IsFate() => operation is Operation.Create or Operation.Remix or Operation.Check,
        MisbehaviourKind.JobLost => operation is not (Operation.Create or Operation.List),
        MisbehaviourKind.AnswerTruncated or MisbehaviourKind.AnswerNotJson or MisbehaviourKind.GzipBomb or MisbehaviourKind.ExtraFields =>
            operation is not Operation.Content,
        MisbehaviourKind.ResultNotReady or MisbehaviourKind.LinkExpired or MisbehaviourKind.TruncatedVideo or MisbehaviourKind.HtmlAsVideo
            or MisbehaviourKind.EmptyFile or MisbehaviourKind.RangeIgnored or MisbehaviourKind.Redirected => operation is Operation.Content,
        _ => true,
    };

    /// <summary>Whether a kind shows at an operation when nobody says where it is to show.</summary>
    public static bool FitsUnasked(this MisbehaviourKind kind, Operation operation) =>
        kind.IsFate() ? operation is Operation.Create or Operation.Remix : !kind.IsOfContent() || operation is Operation.Content;

    /// <summary>Whether it is decided at the create and shows when the job is looked at.</summary>
    public static bool IsFate(this MisbehaviourKind kind) => kind is
        MisbehaviourKind.Moderated or MisbehaviourKind.Failed or MisbehaviourKind.Stall or MisbehaviourKind.UnknownStatusWord
        or MisbehaviourKind.ProgressBackwards or MisbehaviourKind.StatusBackwards;

    /// <summary>Whether a word in a prompt means it for good, and not once.</summary>
    public static bool IsLasting(this MisbehaviourKind kind) => kind.IsFate() || kind is
        MisbehaviourKind.Unauthorized or MisbehaviourKind.QuotaExceeded or MisbehaviourKind.JobLost or MisbehaviourKind.GzipBomb or MisbehaviourKind.ExtraFields or MisbehaviourKind.TruncatedVideo
        or MisbehaviourKind.HtmlAsVideo or MisbehaviourKind.EndlessBody or MisbehaviourKind.OneBytePerSecond or MisbehaviourKind.Redirected
        or MisbehaviourKind.NoContentLength or MisbehaviourKind.RangeIgnored
        or MisbehaviourKind.WebhookEarly or MisbehaviourKind.WebhookLate or MisbehaviourKind.WebhookTwice or MisbehaviourKind.WebhookForged;

    private static bool IsOfContent(this MisbehaviourKind kind) => kind is
        MisbehaviourKind.ResultNotReady or MisbehaviourKind.LinkExpired or MisbehaviourKind.TruncatedFile or MisbehaviourKind.TruncatedVideo
        or MisbehaviourKind.HtmlAsVideo or MisbehaviourKind.WrongContentLength or MisbehaviourKind.EndlessBody
        or MisbehaviourKind.OneBytePerSecond or MisbehaviourKind.Redirected or MisbehaviourKind.NoContentLength or MisbehaviourKind.EmptyFile
        or MisbehaviourKind.RangeIgnored;
}
