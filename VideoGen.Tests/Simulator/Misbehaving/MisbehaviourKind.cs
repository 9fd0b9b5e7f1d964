namespace VideoGen.Simulator.Misbehaving;

/// <summary>What can go wrong at a vendor.</summary>
internal enum MisbehaviourKind
{
    /// <summary>Does what is asked at once, and answers after <see cref="MisbehaviourRule.Delay"/>, 2 s when not given.</summary>
    Slow,

    /// <summary>429, with a Retry-After as <see cref="MisbehaviourRule.RetryAfter"/> says.</summary>
    RateLimited,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>401, whatever the key.</summary>
    Unauthorized,

    /// <summary>Nothing is left to spend.</summary>
    QuotaExceeded,

    /// <summary>The connection is cut before the body is read. Nothing of the body is known then, so it cannot go by a prompt at a create.</summary>
    ResetBeforeRead,

    /// <summary>The connection is cut after the whole request was read; nothing is done.</summary>
    ResetAfterRead,

    /// <summary>What is asked is done, a job created, and the connection is cut without a word.</summary>
    AnswerLost,

    /// <summary>What is asked is done, and half of the answer is sent as if it were all.</summary>
    AnswerTruncated,

    /// <summary>What is asked is done, and a proxy's page takes the place of the answer, as 200.</summary>
    AnswerNotJson,

    /// <summary>A small answer that unpacks to 64 MB.</summary>
    GzipBomb,

    /// <summary>The answer has 128 KB of headers.</summary>
    HugeHeaders,

    /// <summary>The answer has fields that nobody knows.</summary>
    ExtraFields,

    /// <summary>The answer to a create has no id.</summary>
    NoIdInAnswer,

    /// <summary>The answer to a create has the id of the first job of the dialect.</summary>
    DuplicateId,

    /// <summary>Refused at a create, ended without a result otherwise; in both as the vendor's policy puts it.</summary>
    Moderated,

    /// <summary>The job ends without a result.</summary>
    Failed,

    /// <summary>The job never gets further than 40 % of its time.</summary>
    Stall,

    /// <summary>A job that has not ended has a status that no vendor has ever used.</summary>
    UnknownStatusWord,

    /// <summary>Progress falls; at every second look when decided at the create.</summary>
    ProgressBackwards,

    /// <summary>A running job waits again; at every second look when decided at the create.</summary>
    StatusBackwards,

    /// <summary>The job is not found.</summary>
    JobLost,

    /// <summary>
    /// The result of a finished job cannot be had yet: for <see cref="MisbehaviourRule.Times"/> requests, and no longer than
    /// <see cref="MisbehaviourRule.Delay"/> after the job was due, when given.
    /// </summary>
    ResultNotReady,

    /// <summary>The signed links given out so far have expired; asking for the job gives a new one. Nothing where there are no links.</summary>
    LinkExpired,

    /// <summary>The result, or any answer, is announced whole, and the connection ends after half of it.</summary>
    TruncatedFile,

    /// <summary>Half of the result comes as if it were all of it.</summary>
    TruncatedVideo,

    /// <summary>A page comes under the type of a video.</summary>
    HtmlAsVideo,

    /// <summary>The announced length is 1000 bytes more than what comes.</summary>
    WrongContentLength,

    /// <summary>No length is announced.</summary>
    NoContentLength,

    /// <summary>The result is 0 bytes long.</summary>
    EmptyFile,

    /// <summary>The whole result comes where a part of it was asked for.</summary>
    RangeIgnored,

    /// <summary>After the result come zeros without end.</summary>
    EndlessBody,

    /// <summary>A byte each second.</summary>
    OneBytePerSecond,

    /// <summary>The result lies on another host, to which the answer redirects.</summary>
    Redirected,

    /// <summary>The webhook of the end comes as soon as the job is accepted.</summary>
    WebhookEarly,

    /// <summary>The webhook of the end comes <see cref="MisbehaviourRule.Delay"/> after it, 10 s when not given.</summary>
    WebhookLate,

    /// <summary>The webhook of the end comes two times, under the same id.</summary>
    WebhookTwice,

    /// <summary>The webhook of the end is signed with another secret.</summary>
    WebhookForged,
}
