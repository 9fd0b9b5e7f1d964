using System.Globalization;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Web.Providers;

namespace VideoGen.Tests.Outage;

/// <summary>
/// A hundred jobs at four providers, one of which answers 503 for a while: with the real scheduler, the real adapters, HTTP and the
/// real clock, on a smaller scale of time (see <see cref="OutageScale"/>). What was asked is counted at the providers' end.
/// </summary>
[Collection(LoadCollection.Name)]
[Trait("Category", "Outage")]
[Trait("Req", "R-10")]
[Trait("Req", "R-14")]
public sealed class OutageTests(SqliteDatabase database, ITestOutputHelper output) : DatabaseTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly int AllJobs = OutageStudio.Providers.Count * OutageStudio.JobsPerProvider;

    private readonly OutageScale _scale = OutageScale.FromEnvironment();

    [Fact]
    public async Task Run_OneOfFourProvidersIsDown_TheOthersKeepTheirRhythmAndAllJobsFinish()
    {
        await using var studio = await OutageStudio.CreateAsync(Database, _scale);
        await studio.RunAsync(OwnerId);

        // The outage is about its time, and what is normal is seen over as long a time.
        var started = studio.Now;
        await Task.Delay(_scale.Outage);
        var down = studio.Break();
        await Task.Delay(_scale.Outage);
        var up = studio.Mend();

        var rhythm = await RhythmAsync(studio, started, down, up);
        await studio.AreLookedAtAsync([OutageStudio.Failing], since: up);
        var failing = studio.LooksAt(OutageStudio.Failing);
        var asked = QuestionsWhileDown.Of(failing, started, down, _scale);
        var (most, mean) = failing.TenthsOfASecond(up, up + failing.AllSeenWithin(up));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"back: all looked at again within {failing.AllSeenWithin(up).TotalSeconds:0.0} s, at most {most} in a tenth of a second (mean {mean:0.00})"));
        await studio.FinishAsync();
        await ReportAsync(studio, rhythm, asked);

        Assert.True(rhythm > 0.95, string.Create(CultureInfo.InvariantCulture, $"The healthy providers were asked {rhythm:P1} of what is normal."));
        Assert.InRange(asked.UntilLeftAlone, 1, asked.MostUntilLeftAlone);
        Assert.InRange(asked.Probes, 1, asked.MostProbes);
        Assert.All(await studio.JobsAsync(), job => Assert.Equal(JobStatus.Completed, job.Status));
        Assert.Equal(AllJobs, (await studio.StoredVideosAsync()).DistinctBy(video => video.JobId).Count());
        Assert.All(OutageStudio.Providers, provider =>
        {
            var creates = studio.Simulator.Ledger.CreatesByPrompt(provider);
            Assert.Equal(OutageStudio.JobsPerProvider, creates.Count);
            Assert.All(creates.Values, times => Assert.Equal(1, times));
        });
    }

    private async Task<double> RhythmAsync(OutageStudio studio, DateTimeOffset started, DateTimeOffset down, DateTimeOffset up)
    {
        await studio.AreLookedAtAsync(OutageStudio.Healthy, since: up);
        var looks = studio.LooksAt(OutageStudio.Healthy);
        var before = looks.ShareMade(started, down, _scale.PollInterval);
        Assert.True(before > 0.6, string.Create(CultureInfo.InvariantCulture, $"Before the outage, {before:P1} of the looks that were due were made."));
        return looks.ShareMade(down, up, _scale.PollInterval) / before;
    }

    private async Task ReportAsync(OutageStudio studio, double rhythm, QuestionsWhileDown asked)
    {
        var jobs = await studio.JobsAsync();
        var completed = jobs.Count(job => job.Status is JobStatus.Completed);
        var creates = OutageStudio.Providers.Sum(provider => studio.Simulator.Ledger.CreatesByPrompt(provider).Values.Sum());
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"jobs={jobs.Count} outage={_scale.Outage.TotalSeconds:0}s rhythm={100 * rhythm:0.0}% asked_while_down={asked.All} (normal {asked.Normal}) probes={asked.Probes} completed={completed} creates={creates}"));
    }

    /// <summary>What the provider was asked while it answered 503: until the breaker must have noticed, and after that.</summary>
    private sealed record QuestionsWhileDown
    {
        /// <summary>In as long a time before the outage.</summary>
        public required int Normal { get; init; }

        /// <summary>As long as the breaker still counts answers from before.</summary>
        public required int UntilLeftAlone { get; init; }

        /// <summary>What a provider is asked in that time that is not down.</summary>
        public required int MostUntilLeftAlone { get; init; }

        /// <summary>Afterwards.</summary>
        public required int Probes { get; init; }

        /// <summary>One for each rest, and the few that the breaker needs to notice it at last.</summary>
        public required int MostProbes { get; init; }

        public int All => UntilLeftAlone + Probes;

        public static QuestionsWhileDown Of(AnsweredLooks looks, DateTimeOffset started, DateTimeOffset down, OutageScale scale)
        {
            var noticed = down + scale.BreakerWindow;
            return new QuestionsWhileDown
            {
                Normal = looks.Between(started, down),
                UntilLeftAlone = looks.Refused.Count(at => at < noticed),
                MostUntilLeftAlone = OutageStudio.JobsPerProvider * (int)Math.Ceiling(scale.BreakerWindow / scale.PollInterval),
                Probes = looks.Refused.Count(at => at >= noticed),
                MostProbes = (int)((scale.Outage - scale.BreakerWindow) / scale.BreakerRest) + new BreakerOptions().FewestRequests,
            };
        }
    }
}
