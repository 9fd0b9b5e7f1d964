using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;

namespace VideoGen.Tests.Providers.Local;

/// <summary>How a render lives: accepted, followed, cancelled, released, and carried over the death of the server.</summary>
public sealed class RenderLifeTests
{
    [Fact, Trait("Req", "R-13")]
    public async Task CheckAsync_WhileRendering_ReportsFfmpegsOwnProgress()
    {
        await using var studio = await new LocalStudio().StartAsync();
        var id = await studio.Provider.SubmitAsync(
            LocalStudio.Request() with { Size = new VideoSize(1280, 720), Duration = TimeSpan.FromSeconds(2), FrameRate = 30 }, CancellationToken.None);
        List<double> seen = [];

        await Eventually.HoldsAsync(async () =>
        {
            var job = await studio.Provider.CheckAsync(id, CancellationToken.None);
            if (job is { State: ProviderJobState.Running, RawStatus: "rendering", Progress: { } progress })
            {
                seen.Add(progress);
            }

            return job.State == ProviderJobState.Finished;
        });

        Assert.Equal(seen.Order(), seen);
        Assert.All(seen, progress => Assert.InRange(progress, 0, 1));
        Assert.True(seen.Distinct().Count() >= 4, $"Seen: {string.Join(", ", seen.Distinct())}");
    }

    [Fact]
    public async Task SubmitAsync_BeforeTheQueueRuns_HasWrittenTheRequestAndWaits()
    {
        await using var studio = new LocalStudio();

        var id = await studio.Provider.SubmitAsync(LocalStudio.Request(), CancellationToken.None);

        Assert.Equal("job-1", id);
        Assert.Equal(["job-1.json"], studio.Files);
        var job = await studio.Provider.CheckAsync(id, CancellationToken.None);
        Assert.Equal((ProviderJobState.Waiting, "queued"), (job.State, job.RawStatus));
    }

    [Fact]
    public async Task SubmitAsync_ReferenceThatCannotBeRead_LeavesNothing()
    {
        await using var studio = new LocalStudio();
        var request = LocalStudio.Request() with { ReferenceImage = new ReferenceImage("image/png", _ => throw new IOException("Gone.")) };

        await Assert.ThrowsAsync<IOException>(() => studio.Provider.SubmitAsync(request, CancellationToken.None));

        Assert.Empty(studio.Files);
    }

    [Fact, Trait("Req", "R-16")]
    public async Task FindSubmissionAsync_BeforeAndAfterSubmission_IsCertain()
    {
        await using var studio = new LocalStudio();
        var request = LocalStudio.Request();
        var trace = new SubmissionTrace(request.SubmitKey, DateTimeOffset.UnixEpoch, request, (_, _) => Task.FromResult(false));

        var before = await studio.Provider.FindSubmissionAsync(trace, CancellationToken.None);
        await studio.Provider.SubmitAsync(request, CancellationToken.None);
        var after = await studio.Provider.FindSubmissionAsync(trace, CancellationToken.None);

        Assert.Equal(SubmissionLookup.Certain, studio.Provider.Capabilities.SubmissionLookup);
        Assert.Null(before);
        Assert.Equal("job-1", after);
    }

    [Fact]
    public async Task CancelAsync_WhileRendering_EndsFfmpegAndLeavesNothing()
    {
        await using var studio = await new LocalStudio().StartAsync();
        var id = await studio.Provider.SubmitAsync(LocalStudio.LongRequest(), CancellationToken.None);
        var ffmpeg = await studio.WorkingAsync(id);

        await studio.Provider.CancelAsync(id, CancellationToken.None);

        Assert.False(RenderedVideo.IsAlive(ffmpeg));
        Assert.Empty(studio.Files);
        Assert.Equal(ProviderJobState.Cancelled, (await studio.Provider.CheckAsync(id, CancellationToken.None)).State);
        await studio.Provider.CancelAsync(id, CancellationToken.None);
        await studio.Provider.CancelAsync("never-heard-of", CancellationToken.None);
    }

    [Fact]
    public async Task CancelAsync_WhileWaiting_IsNeverRendered()
    {
        await using var studio = new LocalStudio();
        var id = await studio.Provider.SubmitAsync(LocalStudio.Request(), CancellationToken.None);

        await studio.Provider.CancelAsync(id, CancellationToken.None);
        await studio.StartAsync();
        await studio.RenderAsync(LocalStudio.Request(key: "job-2"));

        Assert.Equal(["job-2.json", "job-2.mp4"], studio.Files);
    }

    [Fact]
    public async Task ReleaseAsync_Finished_RemovesEverythingAndTheJobIsUnknown()
    {
        await using var studio = await new LocalStudio().StartAsync();
        await studio.RenderAsync(LocalStudio.Request());
        Assert.Equal(["job-1.json", "job-1.mp4"], studio.Files);

        await studio.Provider.ReleaseAsync("job-1", CancellationToken.None);
        await studio.Provider.ReleaseAsync("job-1", CancellationToken.None);

        Assert.Empty(studio.Files);
        var lost = await Assert.ThrowsAsync<VideoProviderException>(() => studio.Provider.CheckAsync("job-1", CancellationToken.None));
        Assert.Equal((FailureKind.LostAtProvider, "Job not found - it may have expired."), (lost.Kind, lost.Message));
        await Assert.ThrowsAsync<VideoProviderException>(() => studio.Provider.OpenResultAsync("job-1", 0, CancellationToken.None));
    }

    [Fact]
    public async Task CheckAsync_MoreThanTheLimit_OthersWait()
    {
        await using var studio = await new LocalStudio(options => options.MaxConcurrentRenders = 1).StartAsync();
        await studio.Provider.SubmitAsync(LocalStudio.LongRequest("job-1"), CancellationToken.None);
        await studio.WorkingAsync("job-1");
        await studio.Provider.SubmitAsync(LocalStudio.Request(key: "job-2"), CancellationToken.None);

        Assert.Equal(1, studio.Provider.Capabilities.MaxConcurrentJobs);
        Assert.Equal(ProviderJobState.Waiting, (await studio.Provider.CheckAsync("job-2", CancellationToken.None)).State);
        await studio.Provider.CancelAsync("job-1", CancellationToken.None);
        Assert.Equal(ProviderJobState.Finished, (await studio.EndedAsync("job-2")).State);
    }

    [Fact, Trait("Req", "R-16")]
    public async Task Restart_InTheMiddleOfARender_EndsFfmpegAndRendersAgain()
    {
        await using var studio = await new LocalStudio().StartAsync();
        var id = await studio.Provider.SubmitAsync(LocalStudio.LongRequest(), CancellationToken.None);
        var ffmpeg = await studio.WorkingAsync(id);

        await studio.StopAsync();
        var isAlive = RenderedVideo.IsAlive(ffmpeg);
        var left = studio.Files;
        await studio.RestartAsync();
        var next = await studio.WorkingAsync(id);

        Assert.False(isAlive);
        Assert.Equal(["job-1.json"], left);
        Assert.NotEqual(ffmpeg, next);
        await studio.Provider.CancelAsync(id, CancellationToken.None);
    }

    [Fact, Trait("Req", "R-16")]
    public async Task Restart_AfterACrash_RemovesLeftoversAndFinishesWhatWasPending()
    {
        await using var studio = new LocalStudio();
        await studio.Provider.SubmitAsync(LocalStudio.Request(), CancellationToken.None);
        foreach (var left in (string[])["job-1.part.mp4", "job-1.ass", "job-2.part.mp4", "job-2.reference", "job-2.mp4", "job-3.json.tmp"])
        {
            await File.WriteAllTextAsync(Path.Combine(studio.Options.WorkFolder, left), "half");
        }

        await studio.RestartAsync();
        var job = await studio.EndedAsync("job-1");

        Assert.Equal(ProviderJobState.Finished, job.State);
        Assert.Equal(["job-1.json", "job-1.mp4"], studio.Files);
    }

    [Fact]
    public async Task Restart_AfterFinishing_StillHasTheVideo()
    {
        await using var studio = await new LocalStudio().StartAsync();
        await studio.RenderAsync(LocalStudio.Request());

        await studio.RestartAsync();
        var job = await studio.Provider.CheckAsync("job-1", CancellationToken.None);

        Assert.Equal((ProviderJobState.Finished, 1, 1.0), (job.State, job.ResultCount, job.Progress));
        await using var result = await studio.Provider.OpenResultAsync("job-1", 0, CancellationToken.None);
        Assert.True(result.Length > 1000);
    }

    [Fact, Trait("Req", "R-16")]
    public async Task Restart_AfterMoreThanADay_StillHasWhatWasRendered()
    {
        await using var studio = await new LocalStudio().StartAsync();
        await studio.RenderAsync(LocalStudio.Request());
        File.SetLastWriteTimeUtc(Path.Combine(studio.Options.WorkFolder, "job-1.json"), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-25));

        await studio.RestartAsync();

        Assert.Equal(ProviderJobState.Finished, (await studio.Provider.CheckAsync("job-1", CancellationToken.None)).State);
    }

    [Fact, Trait("Req", "R-44")]
    public async Task CheckAsync_FfmpegGivesUp_FailsWithoutPromptAndPaths()
    {
        await using var studio = new LocalStudio();
        studio.Options.FfmpegPath = Script(studio, "cat > /dev/null; echo \"Cannot write $PWD/x.mp4: No space left on device\" >&2; exit 3");
        await studio.RestartAsync();
        await studio.Provider.SubmitAsync(LocalStudio.Request("A secret garden"), CancellationToken.None);

        var job = await studio.EndedAsync("job-1");
        await studio.RestartAsync();
        var later = await studio.Provider.CheckAsync("job-1", CancellationToken.None);

        var failure = new JobFailure(FailureKind.ProviderError, "ffmpeg could not make this video.", "Cannot write (path): No space left on device");
        Assert.Equal((ProviderJobState.Failed, failure), (job.State, job.Failure));
        Assert.Equal((ProviderJobState.Failed, failure), (later.State, later.Failure));
        Assert.Equal(["job-1.failed", "job-1.json"], studio.Files);
    }

    [Fact]
    public async Task CheckAsync_FfmpegDiesWhileItIsFed_Fails()
    {
        await using var studio = new LocalStudio();
        studio.Options.FfmpegPath = Script(studio, "exec <&-; exit 1");
        await studio.RestartAsync();
        await studio.Provider.SubmitAsync(LocalStudio.LongRequest(), CancellationToken.None);

        Assert.Equal(FailureKind.ProviderError, (await studio.EndedAsync("job-1")).Failure?.Kind);
    }

    [Fact]
    public async Task CheckAsync_WithoutFfmpeg_SaysSo()
    {
        await using var studio = await new LocalStudio(options => options.FfmpegPath = "/nowhere/ffmpeg").StartAsync();
        await studio.Provider.SubmitAsync(LocalStudio.Request(), CancellationToken.None);

        var job = await studio.EndedAsync("job-1");

        Assert.Equal(FailureKind.ProviderError, job.Failure?.Kind);
        Assert.Equal("ffmpeg was not found on this server. Install it and try again.", job.Failure?.Message);
    }

    [Fact]
    public async Task CheckAsync_ReferenceThatIsNoPicture_Fails()
    {
        await using var studio = await new LocalStudio().StartAsync();
        var playlist = "#EXTM3U\n#EXTINF:1,\n/etc/passwd\n"u8.ToArray();
        await studio.Provider.SubmitAsync(
            LocalStudio.Request() with { ReferenceImage = new ReferenceImage("image/png", _ => Task.FromResult<Stream>(new MemoryStream(playlist))) },
            CancellationToken.None);

        Assert.Equal(FailureKind.ProviderError, (await studio.EndedAsync("job-1")).Failure?.Kind);
    }

    private static string Script(LocalStudio studio, string body)
    {
        var path = studio.Outside.Write("ffmpeg", System.Text.Encoding.UTF8.GetBytes($"#!/bin/sh\n{body}\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
