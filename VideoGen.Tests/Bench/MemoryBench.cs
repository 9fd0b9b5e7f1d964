using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Media;
using VideoGen.Tests.Providers;
using VideoGen.Web.Engine;

namespace VideoGen.Tests.Bench;

/// <summary>How much the server's memory grows while a large file is saved and served. Run by scripts/bench.</summary>
[Trait("Category", "Bench")]
public sealed class MemoryBench(ITestOutputHelper output)
{
    private const long LargeSize = 1L << 30;
    private const long AllowedGrowth = 64L << 20;

    [Fact]
    [Trait("Req", "R-22")]
    public async Task Server_SavesAndServesOneGigabyte_GrowsByLessThan64Megabytes()
    {
        using var folder = new TestFolder();
        var large = MakeLarge(folder.PathOf("large.mp4"));
        await using var studio = await BenchStudio.StartAsync(new TestVideoProvider(large));

        // Everything is loaded and warm before it is measured: one small video goes the whole way first.
        await ServeAsync(studio, await SaveAsync(studio, ProviderOf(studio), SampleVideo.Mp4Path));

        var saving = await GrowthOfAsync(() => SaveAsync(studio, ProviderOf(studio), large));
        var serving = await GrowthOfAsync(async () => await ServeAsync(studio, saving.Result));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"file={LargeSize >> 20} MiB, growth while saving={saving.Growth / 1048576.0:0.0} MiB, while serving={serving.Growth / 1048576.0:0.0} MiB, served={serving.Result >> 20} MiB"));

        Assert.InRange(saving.Growth, long.MinValue, AllowedGrowth);
        Assert.InRange(serving.Growth, long.MinValue, AllowedGrowth);
        Assert.True(serving.Result > LargeSize);
    }

    private static TestVideoProvider ProviderOf(BenchStudio studio) =>
        studio.Server.Services.GetServices<IVideoProvider>().OfType<TestVideoProvider>().Single();

    private static async Task<Guid> SaveAsync(BenchStudio studio, TestVideoProvider provider, string path)
    {
        provider.ResultPath = path;
        var jobId = await studio.AddJobAsync();
        await studio.Server.Services.GetRequiredService<JobSchedule>().StartAsync(jobId, CancellationToken.None);
        Guid? videoId = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                await using var db = await studio.Contexts.CreateDbContextAsync();
                Assert.False(await db.Jobs.AnyAsync(job => job.Id == jobId && job.Status == JobStatus.Failed));
                videoId = await db.Videos.Where(video => video.JobId == jobId).Select(video => (Guid?)video.Id).SingleOrDefaultAsync();
                return videoId is not null;
            },
            TimeSpan.FromMinutes(5));
        return videoId!.Value;
    }

    private static async Task<long> ServeAsync(BenchStudio studio, Guid videoId)
    {
        using var visitor = studio.Server.NewVisitor();
        await visitor.SignInAsync(BenchStudio.Email, BenchStudio.Password);
        using var response = await visitor.Client.GetAsync(new Uri($"/media/videos/{videoId}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[64 * 1024];
        long total = 0;
        for (int read; (read = await body.ReadAsync(buffer)) > 0; total += read)
        {
        }

        return total;
    }

    // The highest resident size seen meanwhile against the one before. Client and server are one process, which can only make it more.
    private static async Task<(T Result, long Growth)> GrowthOfAsync<T>(Func<Task<T>> action)
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        using var self = Process.GetCurrentProcess();
        self.Refresh();
        var before = self.WorkingSet64;
        var peak = before;
        using var done = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!done.IsCancellationRequested)
            {
                self.Refresh();
                peak = Math.Max(peak, self.WorkingSet64);
                await timer.WaitForNextTickAsync();
            }
        });
        var result = await action();
        await done.CancelAsync();
        await watching;
        return (result, peak - before);
    }

    // A playable video with a gigabyte of nothing behind it: an MP4 "free" box (ISO/IEC 14496-12, 8.1.2) is skipped by players.
    private static string MakeLarge(string path)
    {
        File.Copy(SampleVideo.Mp4Path, path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.Seek(0, SeekOrigin.End);
        Span<byte> box = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(box, (uint)LargeSize);
        "free"u8.CopyTo(box[4..]);
        file.Write(box);
        file.SetLength(file.Position - box.Length + LargeSize);
        return path;
    }
}
