using FsCheck;
using FsCheck.Fluent;
using VideoGen.Domain.Models;
using VideoGen.Domain.Progress;

namespace VideoGen.Tests.Progress;

[Trait("Req", "R-13")]
public sealed class ProgressRulesTests
{
    private static readonly UsualTime Usual = new(Seconds(30), Seconds(90));

    [Fact]
    public void Of_NothingReported_EstimatesFromTheUsualTime()
    {
        var progress = ProgressRules.Of(reported: null, Seconds(30), Usual);

        Assert.Equal(new JobProgress(0.5, ProgressSource.Estimated, new TimeRange(TimeSpan.Zero, Seconds(60)), LongerThanUsual: false), progress);
    }

    [Fact]
    public void Of_NothingReportedForTooLong_StopsShortOfDoneAndNamesNoTime()
    {
        var progress = ProgressRules.Of(reported: null, Seconds(91), Usual);

        Assert.Equal(new JobProgress(ProgressRules.HighestEstimate, ProgressSource.Estimated, Remaining: null, LongerThanUsual: true), progress);
    }

    [Fact]
    public void Of_Reported_GoesByTheSpeedSoFar()
    {
        var progress = ProgressRules.Of(reported: 0.5, Seconds(40), Usual);

        Assert.Equal((0.5, ProgressSource.Reported), (progress.Fraction, progress.Source));
        Assert.Equal(new TimeRange(Seconds(32), Seconds(56)), progress.Remaining);
    }

    [Fact]
    public void Of_HardlyAnythingReported_StillGoesByTheUsualTime()
    {
        var progress = ProgressRules.Of(reported: 0.01, Seconds(10), Usual);

        Assert.Equal(new TimeRange(Seconds(20), Seconds(80)), progress.Remaining);
    }

    [Fact]
    public void Of_HardlyAnythingReportedForTooLong_NamesNoTime()
    {
        var progress = ProgressRules.Of(reported: 0.01, Seconds(91), Usual);

        Assert.Null(progress.Remaining);
        Assert.True(progress.LongerThanUsual);
    }

    [Fact]
    public void Of_WhateverIsKnown_StaysHonest()
    {
        // Also before its start: clocks of two machines differ.
        var any = from reported in Gen.OneOf(Gen.Constant<double?>(null), Gen.Choose(0, 100).Select(percent => (double?)(percent / 100d)))
                  from elapsed in Gen.Choose(-10, 500)
                  from min in Gen.Choose(0, 200)
                  from more in Gen.Choose(0, 200)
                  select (Reported: reported, Elapsed: Seconds(elapsed), Usual: new UsualTime(Seconds(min), Seconds(min + more)));

        Prop.ForAll(any.ToArbitrary(), given =>
        {
            var progress = ProgressRules.Of(given.Reported, given.Elapsed, given.Usual);
            var rest = progress.Remaining ?? default;
            return progress.Fraction is >= 0 and <= 1
                && (given.Reported is not null || progress.Fraction <= ProgressRules.HighestEstimate)
                && rest.Min >= TimeSpan.Zero
                && rest.Min <= rest.Max;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void From_TooFewPastJobs_KeepsToTheCatalogue()
    {
        Assert.Equal(Usual, UsualTimes.From([Seconds(1), Seconds(2), Seconds(3), Seconds(4)], Usual));
    }

    [Fact]
    public void From_FivePastJobs_TakesTheirRange()
    {
        Assert.Equal(new UsualTime(Seconds(1), Seconds(5)), UsualTimes.From([Seconds(3), Seconds(1), Seconds(5), Seconds(2), Seconds(4)], Usual));
    }

    [Fact]
    public void From_ManyPastJobs_LeavesTheOddOnesOut()
    {
        TimeSpan[] past = [Seconds(1), .. Enumerable.Repeat(Seconds(50), 18), Seconds(5000)];

        Assert.Equal(new UsualTime(Seconds(50), Seconds(50)), UsualTimes.From(past, Usual));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
