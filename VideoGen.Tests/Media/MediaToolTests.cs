using System.Diagnostics;
using VideoGen.Web.Media;

namespace VideoGen.Tests.Media;

public sealed class MediaToolTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_Ends_GivesItsOutput()
    {
        var result = await RunAsync("/bin/echo", ["a b", "$HOME", ";id"]);

        Assert.Equal(new MediaToolResult(true, "a b $HOME ;id\n"), result);
    }

    [Fact]
    public async Task Run_ExitsWithAnError_DidNotSucceed() => Assert.False((await RunAsync("/bin/false", [])).Succeeded);

    [Fact]
    public async Task Run_MoreOutputThanIsKept_ReadsOnToTheEnd()
    {
        var result = await RunAsync("/bin/sh", ["-c", "head -c 3000000 /dev/zero | tr '\\0' x"]);

        Assert.True(result.Succeeded);
        Assert.Equal(1024 * 1024, result.Output.Length);
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_TakesTooLong_IsEndedWithItsChildren()
    {
        var pipe = MakePipe();
        var running = RunAsync("/bin/sh", ["-c", $"exec > {pipe}; echo ready; sleep 600; true"]);
        using var held = new StreamReader(pipe);
        await held.ReadLineAsync();

        _clock.Advance(TimeSpan.FromSeconds(20));

        await Assert.ThrowsAsync<TimeoutException>(() => running);
        Assert.Empty(await held.ReadToEndAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_Cancelled_IsEndedWithItsChildren()
    {
        using var cancelling = new CancellationTokenSource();
        var pipe = MakePipe();
        var running = RunAsync("/bin/sh", ["-c", $"exec > {pipe}; echo ready; sleep 600; true"], cancelling.Token);
        using var held = new StreamReader(pipe);
        await held.ReadLineAsync();

        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Empty(await held.ReadToEndAsync());
    }

    [Theory]
    [InlineData("kill -KILL $$")]
    [InlineData("exit 255")]
    [InlineData("echo 'out.jpg: No space left on device' >&2; exit 1")]
    public async Task Run_StoppedByNoFaultOfTheFile_SaysSo(string script) =>
        await Assert.ThrowsAsync<MediaToolException>(() => RunAsync("/bin/sh", ["-c", script]));

    [Fact]
    public async Task Run_ProgramMissing_SaysSo() =>
        await Assert.ThrowsAsync<MediaToolException>(() => RunAsync(_folder.PathOf("missing"), []));

    [Fact]
    [Trait("Req", "R-72")]
    public void Options_ProgramMissing_NameTheKey()
    {
        var result = new MediaOptionsCheck().Validate(name: null, new MediaOptions { FfprobePath = "/no/such/ffprobe" });

        Assert.Contains("Media:FfprobePath", Assert.Single(result.Failures!), StringComparison.Ordinal);
        Assert.True(new MediaOptionsCheck().Validate(name: null, new MediaOptions()).Succeeded);
    }

    private Task<MediaToolResult> RunAsync(string program, string[] arguments, CancellationToken cancellationToken = default) =>
        MediaTool.RunAsync(program, arguments, TimeSpan.FromSeconds(20), _clock, cancellationToken);

    // Whoever reads it comes to its end only when every process that holds its other side is gone.
    private string MakePipe()
    {
        var path = _folder.PathOf("pipe");
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        return path;
    }
}
