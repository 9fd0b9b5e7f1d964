using VideoGen.Domain.Jobs;
using static VideoGen.Domain.Jobs.JobStatus;

namespace VideoGen.Tests.Jobs;

[Trait("Req", "R-10")]
[Trait("Req", "R-16")]
public sealed class JobTransitionsTests
{
    // Written by hand from the table of docs/job-lifecycle.md, not from the code.
    private static readonly HashSet<(JobStatus From, JobStatus To)> Allowed =
    [
        (Queued, Submitting), (Queued, Failed), (Queued, Cancelled),
        (Submitting, Generating), (Submitting, Queued), (Submitting, Unconfirmed), (Submitting, Failed),
        (Unconfirmed, Generating), (Unconfirmed, Queued), (Unconfirmed, Failed), (Unconfirmed, Cancelled),
        (Generating, JobStatus.Saving), (Generating, Failed), (Generating, Cancelled),
        (JobStatus.Saving, Completed), (JobStatus.Saving, Failed),
        (Failed, Queued), (Failed, Generating), (Failed, JobStatus.Saving), (Failed, Cancelled),
        (Cancelled, Queued),
    ];

    public static TheoryData<JobStatus, JobStatus> EveryPair()
    {
        var pairs = new TheoryData<JobStatus, JobStatus>();
        foreach (var from in Enum.GetValues<JobStatus>())
        {
            foreach (var to in Enum.GetValues<JobStatus>())
            {
                pairs.Add(from, to);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void CanBecome_EveryPair_AsInTheTable(JobStatus from, JobStatus to)
    {
        Assert.Equal(Allowed.Contains((from, to)), from.CanBecome(to));
    }

    [Theory]
    [InlineData(Queued, true)]
    [InlineData(Submitting, true)]
    [InlineData(Unconfirmed, true)]
    [InlineData(Generating, true)]
    [InlineData(JobStatus.Saving, true)]
    [InlineData(Completed, false)]
    [InlineData(Failed, false)]
    [InlineData(Cancelled, false)]
    public void IsActive_EveryStatus_WhileTheEngineHasWork(JobStatus status, bool expected)
    {
        Assert.Equal(expected, status.IsActive());
    }
}
