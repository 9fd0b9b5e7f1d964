using VideoGen.Domain.Jobs;
using VideoGen.Tests.Components.Controls;
using VideoGen.Web.Components.Pages.Create;
using VideoGen.Web.Jobs;

namespace VideoGen.Tests.Components.Pages;

[Trait("Req", "R-13")]
public sealed class JobNewsTests
{
    private readonly JobNews _news = new();

    [Fact]
    public void Of_FirstLook_IsNoNews() => Assert.Null(_news.Of(Jobs(JobRowSamples.Generating)));

    [Fact]
    public void Of_NothingButNumbersChanged_IsNoNews()
    {
        _news.Of(Jobs(At(0.26)));

        Assert.Null(_news.Of(Jobs(At(0.49))));
    }

    [Theory]
    [InlineData(0.24, 0.25, "25 percent: A courier in the rain.")]
    [InlineData(0.3, 0.5, "50 percent: A courier in the rain.")]
    [InlineData(0.5, 0.99, "75 percent: A courier in the rain.")]
    public void Of_PastAQuarter_SaysSo(double before, double after, string expected)
    {
        _news.Of(Jobs(At(before)));

        Assert.Equal(expected, _news.Of(Jobs(At(after))));
    }

    [Fact]
    public void Of_EstimateThatGrew_IsNoNews()
    {
        _news.Of(Jobs(JobRowSamples.Generating with { Progress = JobRowSamples.Estimated(0.1) }));

        Assert.Null(_news.Of(Jobs(JobRowSamples.Generating with { Progress = JobRowSamples.Estimated(0.9) })));
    }

    [Fact]
    public void Of_NewState_SaysIt()
    {
        _news.Of(Jobs(JobRowSamples.Queued));

        Assert.Equal("Generating: A courier in the rain.", _news.Of(Jobs(JobRowSamples.Queued with { Status = JobStatus.Generating })));
    }

    [Fact]
    public void Of_PlaceInLineMoved_IsNoNews()
    {
        _news.Of(Jobs(JobRowSamples.Queued with { Place = new QueuePlace(3, 2, HasRoom: false) }));

        Assert.Null(_news.Of(Jobs(JobRowSamples.Queued with { Place = new QueuePlace(2, 2, HasRoom: false) })));
    }

    [Fact]
    public void Of_FinishedVideo_SaysDone()
    {
        _news.Of(Jobs(JobRowSamples.Generating));

        var sentence = _news.Of(Jobs() with { Finished = [new FinishedVideo(Guid.NewGuid(), "A courier in the rain", TimeSpan.FromSeconds(10), 0, JobRowSamples.Now)] });

        Assert.Equal("Done: A courier in the rain.", sentence);
    }

    [Fact]
    public void Of_ManyChanges_NamesThreeAndCountsTheRest()
    {
        var rows = Enumerable.Range(0, 5).Select(_ => JobRowSamples.Queued with { Id = Guid.NewGuid() }).ToArray();
        _news.Of(Jobs(rows));

        var sentence = _news.Of(Jobs([.. rows.Select(row => row with { Status = JobStatus.Submitting })]));

        Assert.EndsWith(" 2 more changes.", sentence, StringComparison.Ordinal);
    }

    private static JobRow At(double fraction) => JobRowSamples.Generating with { Progress = JobRowSamples.Reported(fraction) };

    private static MyJobs Jobs(params JobRow[] rows) => new()
    {
        NeedsYou = [],
        Running = rows,
        Waiting = [],
        RunningCount = rows.Length,
        WaitingCount = 0,
        Finished = [],
    };
}
