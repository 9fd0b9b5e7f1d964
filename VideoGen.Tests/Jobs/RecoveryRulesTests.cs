using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;

namespace VideoGen.Tests.Jobs;

[Trait("Req", "R-40")]
[Trait("Req", "R-41")]
[Trait("Req", "R-42")]
public sealed class RecoveryRulesTests
{
    // + allowed, f only by force, - refused. Written by hand from docs/job-lifecycle.md, not from the code.
    private const string Table = """
        .            CheckNow Reset Retry Cancel Adopt SubmitAgain GiveUp
        Queued       -        -     -     +      -     -           -
        Submitting   -        f     -     +      -     -           -
        Unconfirmed  +        f     -     +      +     f           +
        Generating   +        +     -     +      -     -           -
        Saving       +        -     -     +      -     -           -
        Completed    -        -     -     -      -     -           -
        Failed       -        +     +     -      -     -           -
        Cancelled    -        -     +     -      -     -           -
        TimedOut     +        +     +     -      -     -           -
        GivenUp      -        f     f     -      -     -           -
        Doubtful     -        -     f     -      -     -           -
        ReadyAgain   -        -     +     -      -     -           -
        """;

    public static TheoryData<RecoveryAction, string, RecoveryPermission> EveryActionInEveryState()
    {
        var rows = Table.Split('\n').Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        var cases = new TheoryData<RecoveryAction, string, RecoveryPermission>();
        foreach (var row in rows.Skip(1))
        {
            for (var column = 1; column < row.Length; column++)
            {
                cases.Add(Enum.Parse<RecoveryAction>(rows[0][column]), row[0], PermissionOf(row[column]));
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(EveryActionInEveryState))]
    public void Of_EveryActionInEveryState_IsAsInTheTable(RecoveryAction action, string state, RecoveryPermission expected)
    {
        var verdict = Of(action, RecoverySamples.In(state));

        Assert.Equal(expected, verdict.Permission);
        Assert.Equal(expected is RecoveryPermission.Allowed, verdict.Reason is null);
        Assert.NotEqual(0, verdict.Reason?.Length);
    }

    [Fact]
    public void Table_Holds_EveryActionAndEveryState()
    {
        var cases = EveryActionInEveryState().Select(row => (row.Data.Item1, row.Data.Item2)).ToList();

        Assert.Equal(Enum.GetValues<RecoveryAction>().Length * RecoverySamples.States.Count(), cases.Distinct().Count());
    }

    [Fact]
    public void Reset_CompletedJob_SaysSoInTheseWords()
    {
        Assert.Equal("Cannot reset completed generation", Of(RecoveryAction.Reset, JobSamples.In(JobStatus.Completed)).Reason);
    }

    [Fact]
    public void CheckNow_ProviderCannotBeLookedThrough_IsLeftToThePerson()
    {
        var job = JobSamples.In(JobStatus.Unconfirmed);

        Assert.Equal(RecoveryPermission.Refused, RecoveryRules.Of(RecoveryAction.CheckNow, job, SubmissionLookup.None, TestClock.Start).Permission);
    }

    // Only what really goes out again costs anything.
    [Theory]
    [InlineData(RecoveryAction.Retry, nameof(JobStatus.Failed), true)]
    [InlineData(RecoveryAction.Retry, nameof(JobStatus.Cancelled), true)]
    [InlineData(RecoveryAction.Retry, RecoverySamples.ReadyAgain, true)]
    [InlineData(RecoveryAction.Retry, RecoverySamples.TimedOut, false)]
    [InlineData(RecoveryAction.SubmitAgain, nameof(JobStatus.Unconfirmed), true)]
    [InlineData(RecoveryAction.Reset, nameof(JobStatus.Failed), false)]
    [InlineData(RecoveryAction.CheckNow, RecoverySamples.TimedOut, false)]
    [InlineData(RecoveryAction.Adopt, nameof(JobStatus.Unconfirmed), false)]
    public void Sends_OnlyWhatGoesOutAgain(RecoveryAction action, string state, bool expected)
    {
        Assert.Equal(expected, RecoveryRules.Sends(action, RecoverySamples.In(state)));
    }

    [Theory]
    [InlineData("video_68f1a2b3", true)]
    [InlineData("5b0e9c41-7d1e-4c62-9f0a-1a2b3c4d5e6f", true)]
    [InlineData("fal-ai/veo3.1|764cabcf-b745-4b3e-ae38-1200304cf45b", true)]
    [InlineData("models/veo-3.1/operations/abc", true)]
    [InlineData("", false)]
    [InlineData("two words", false)]
    [InlineData("..", false)]
    [InlineData("a/../b", false)]
    [InlineData("app|..", false)]
    [InlineData("//evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("id?x=1", false)]
    [InlineData("id#x", false)]
    [InlineData("id%2e", false)]
    [InlineData("iđ", false)]
    public void CanBeProviderJobId_LeadsNowhereElse(string text, bool expected)
    {
        Assert.Equal(expected, RecoveryRules.CanBeProviderJobId(text));
    }

    [Fact]
    public void CanBeProviderJobId_LongerThanItsColumn_IsNone()
    {
        Assert.True(RecoveryRules.CanBeProviderJobId(new string('a', RecoveryRules.MaxProviderJobIdLength)));
        Assert.False(RecoveryRules.CanBeProviderJobId(new string('a', RecoveryRules.MaxProviderJobIdLength + 1)));
    }

    private static RecoveryVerdict Of(RecoveryAction action, GenerationJob job) =>
        RecoveryRules.Of(action, job, SubmissionLookup.Likely, TestClock.Start);

    private static RecoveryPermission PermissionOf(string mark) => mark switch
    {
        "+" => RecoveryPermission.Allowed,
        "f" => RecoveryPermission.OnlyByForce,
        _ => RecoveryPermission.Refused,
    };
}
