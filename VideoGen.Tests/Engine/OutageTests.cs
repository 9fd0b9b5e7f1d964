using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Data;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Media;
using VideoGen.Tests.Models;
using VideoGen.Tests.Providers;
using VideoGen.Web.Providers;

namespace VideoGen.Tests.Engine;

/// <summary>
/// A hundred jobs at four providers, one of which answers 503 for a while: with the real scheduler and the real clock, on a
/// smaller scale of time. ffmpeg is stood in for, because it is the engine that is loaded here.
/// </summary>
[Collection(LoadCollection.Name)]
[Trait("Req", "R-10")]
[Trait("Req", "R-14")]
public sealed class OutageTests(SqliteDatabase database) : EngineTests(database), IClassFixture<SqliteDatabase>
{
    private const int JobsPerProvider = 25;

    // So many looks at each healthy job are timed before the outage, and again during it.
    private const int TimedLooks = 4;
    private const int HealthyJobs = 3 * JobsPerProvider;

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private readonly TestFolder _tools = new();
    private readonly ConcurrentDictionary<(string Provider, string Job), int> _looks = new();
    private volatile bool _isOver;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _tools.Dispose();
    }

    [Fact]
    public async Task Run_OneOfFourProvidersIsDown_TheOthersKeepTheirRhythmAndAllJobsFinish()
    {
        var failing = new FailingProvider();
        TestVideoProvider[] providers = [failing.Provider, .. new[] { "b", "c", "d" }.Select(Healthy)];
        await AddJobsAsync(providers);
        await using var engine = new EngineHarness(
            Database, providers, TimeProvider.System, [.. providers.Select(provider => ModelSamples.Model with { ProviderId = provider.Id })], Settings());
        failing.Provider.OnCheck = (id, _) => failing.IsDown ? failing.Refuse() : LookAsync(failing.Provider, id);
        await engine.RunAsync();
        await Eventually.HoldsAsync(() => _looks.Count == providers.Length * JobsPerProvider);

        var normal = TimeSpan.FromTicks(Math.Max((await TimeAsync()).Ticks, (PollInterval * TimedLooks).Ticks));
        failing.Begin();
        var rhythm = normal / await TimeAsync();
        var refused = failing.Refused;
        var lasted = failing.End();
        _isOver = true;

        await Eventually.HoldsAsync(async () => (await StatusesAsync()).All(status => status is JobStatus.Completed));
        await engine.StopAsync();
        Assert.InRange(refused, new BreakerOptions().FewestRequests, JobsPerProvider + (lasted / Rest) + 2);
        Assert.True(rhythm > 0.95, $"The healthy providers were asked {rhythm:P0} of what is normal.");
        Assert.All(providers, provider => Assert.Equal(JobsPerProvider, provider.Submitted.Count));
    }

    private TestVideoProvider Healthy(string id)
    {
        var provider = New(id);
        provider.OnCheck = (job, _) => LookAsync(provider, job);
        return provider;
    }

    private static TestVideoProvider New(string id) => new(SampleVideo.Mp4Path)
    {
        Id = id,
        Capabilities = Capabilities() with { PollInterval = PollInterval },
    };

    private Task<ProviderJob> LookAsync(TestVideoProvider provider, string job)
    {
        _looks.AddOrUpdate((provider.Id, job), 1, static (_, looks) => looks + 1);
        return Task.FromResult(_isOver ? provider.Finished() : TestVideoProvider.Running());
    }

    private int HealthyLooks() => _looks.Where(entry => entry.Key.Provider is not FailingProvider.Id).Sum(entry => entry.Value);

    // How long the healthy jobs take for their next looks. Each is due once in an interval, so it is a whole number of intervals.
    private async Task<TimeSpan> TimeAsync()
    {
        var since = TimeProvider.System.GetTimestamp();
        var wanted = HealthyLooks() + (HealthyJobs * TimedLooks);
        await Eventually.HoldsAsync(() => HealthyLooks() >= wanted);
        return TimeProvider.System.GetElapsedTime(since);
    }

    private async Task AddJobsAsync(IEnumerable<TestVideoProvider> providers)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        db.Jobs.AddRange(
            from provider in providers
            from _ in Enumerable.Range(0, JobsPerProvider)
            select new GenerationJob(JobSamples.Order(OwnerId) with { ProviderId = provider.Id }, now));
        await db.SaveChangesAsync();
    }

    private async Task<List<JobStatus>> StatusesAsync()
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        return await db.Jobs.Select(job => job.Status).ToListAsync();
    }

    private Dictionary<string, string?> Settings() => new(StringComparer.Ordinal)
    {
        ["Engine:PollInterval"] = "00:00:01",
        ["Engine:MaxParallelSaves"] = "10",
        ["Breaker:Window"] = PollInterval.ToString(format: null, CultureInfo.InvariantCulture),
        ["Breaker:Rest"] = Rest.ToString(format: null, CultureInfo.InvariantCulture),
        ["Media:FfprobePath"] = Tool("ffprobe", """
            echo '{"streams":[{"codec_type":"video","codec_name":"h264","width":320,"height":180,"avg_frame_rate":"10/1"}],"format":{"duration":"2"}}'
            """),
        ["Media:FfmpegPath"] = Tool("ffmpeg", """
            for last; do :; done
            echo poster > "${last#file:}"
            """),
    };

    private string Tool(string name, string script)
    {
        var path = _tools.PathOf(name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }

    private sealed class FailingProvider
    {
        public const string Id = "a";

        private DateTimeOffset _since;
        private int _refused;
        private volatile bool _isDown;

        public TestVideoProvider Provider { get; } = New(Id);

        public bool IsDown => _isDown;

        /// <summary>How often it was asked while it was down.</summary>
        public int Refused => _refused;

        public void Begin()
        {
            _since = TimeProvider.System.GetUtcNow();
            _isDown = true;
        }

        public TimeSpan End()
        {
            _isDown = false;
            return TimeProvider.System.GetUtcNow() - _since;
        }

        public Task<ProviderJob> Refuse()
        {
            Interlocked.Increment(ref _refused);
            return Task.FromException<ProviderJob>(new VideoProviderException(FailureKind.ProviderDown, "503") { IsTransient = true });
        }
    }
}

/// <summary>Tests that load the machine by themselves run after all others and alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LoadCollection
{
    public const string Name = "Load";
}
