using VideoGen.Simulator;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Tests.SimulatorTests;

/// <summary>What goes wrong with jobs, as their checks tell it.</summary>
public sealed class JobMisbehaviourTests
{
    [Fact]
    public async Task Job_WithoutMisbehaviour_WaitsRunsAndFinishes()
    {
        await using var run = await SimulatorRun.StartAsync();
        var id = await run.CreateAsync();

        Assert.Equal(("queued", 0), await StatusAndProgressAsync(run, id));
        run.Clock.Advance(SimulatorRun.GenerationTime * 0.28);
        Assert.Equal(("in_progress", 20), await StatusAndProgressAsync(run, id));
        run.Clock.Advance(SimulatorRun.GenerationTime * 0.71);
        Assert.Equal(("in_progress", 98), await StatusAndProgressAsync(run, id));
        run.Clock.Advance(SimulatorRun.GenerationTime * 0.01);
        Assert.Equal(("completed", 100), await StatusAndProgressAsync(run, id));
    }

    [Theory]
    [InlineData(nameof(Operation.Create))]
    [InlineData(nameof(Operation.Check))]
    public async Task Stall_Job_NeverEnds(string decidedAt)
    {
        await using var run = await SimulatorRun.StartAsync();
        run.Misbehave(Enum.Parse<Operation>(decidedAt), MisbehaviourKind.Stall);
        var id = await run.CreateAsync();
        await run.CheckAsync(id);

        run.Clock.Advance(SimulatorRun.GenerationTime * 50);

        Assert.Equal(("in_progress", 33), await StatusAndProgressAsync(run, id));
    }

    [Theory]
    [InlineData(nameof(MisbehaviourKind.Failed), nameof(Operation.Create), "video_generation_failed")]
    [InlineData(nameof(MisbehaviourKind.Failed), nameof(Operation.Check), "video_generation_failed")]
    [InlineData(nameof(MisbehaviourKind.Moderated), nameof(Operation.Check), "moderation_blocked")]
    public async Task Job_ThatIsToFail_RunsFirst(string kind, string decidedAt, string code)
    {
        await using var run = await SimulatorRun.StartAsync();
        run.Misbehave(Enum.Parse<Operation>(decidedAt), Enum.Parse<MisbehaviourKind>(kind));
        var id = await run.CreateAsync();

        Assert.Equal("queued", (await run.CheckAsync(id))["status"]!.GetValue<string>());
        run.Clock.Advance(SimulatorRun.GenerationTime);
        var video = await run.CheckAsync(id);

        Assert.Equal("failed", video["status"]!.GetValue<string>());
        Assert.Equal(code, video["error"]!["code"]!.GetValue<string>());
        Assert.Null(video["completed_at"]);
    }

    [Fact]
    public async Task Failed_AtACheckAfterTheEnd_TakesTheResultBack()
    {
        await using var run = await SimulatorRun.StartAsync();
        var id = await run.CreateFinishedAsync();
        Assert.Equal("completed", (await run.CheckAsync(id))["status"]!.GetValue<string>());

        run.Misbehave(Operation.Check, MisbehaviourKind.Failed);

        Assert.Equal("failed", (await run.CheckAsync(id))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task UnknownStatusWord_Job_FinishesAllTheSame()
    {
        await using var run = await SimulatorRun.StartAsync();
        run.Misbehave(Operation.Create, MisbehaviourKind.UnknownStatusWord);
        var id = await run.CreateAsync();

        Assert.Equal("contemplating", (await run.CheckAsync(id))["status"]!.GetValue<string>());
        run.Clock.Advance(SimulatorRun.GenerationTime);
        Assert.Equal("completed", (await run.CheckAsync(id))["status"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(nameof(MisbehaviourKind.ProgressBackwards), "in_progress", 22)]
    [InlineData(nameof(MisbehaviourKind.StatusBackwards), "queued", 0)]
    public async Task Backwards_AtACheck_ShowsOnce(string kind, string status, int progress)
    {
        await using var run = await SimulatorRun.StartAsync();
        var id = await run.CreateAsync();
        run.Clock.Advance(SimulatorRun.GenerationTime / 2);
        run.Misbehave(Operation.Check, Enum.Parse<MisbehaviourKind>(kind));

        Assert.Equal((status, progress), await StatusAndProgressAsync(run, id));
        Assert.Equal(("in_progress", 44), await StatusAndProgressAsync(run, id));
    }

    [Fact]
    public async Task Backwards_DecidedAtTheCreate_ShowsAtEverySecondLook()
    {
        await using var run = await SimulatorRun.StartAsync();
        run.Misbehave(Operation.Create, MisbehaviourKind.StatusBackwards);
        var id = await run.CreateAsync();
        run.Clock.Advance(SimulatorRun.GenerationTime / 2);

        var statuses = new List<string>();
        for (var look = 0; look < 4; look++)
        {
            statuses.Add((await run.CheckAsync(id))["status"]!.GetValue<string>());
        }

        Assert.Equal(["queued", "in_progress", "queued", "in_progress"], statuses);
    }

    private static async Task<(string Status, int Progress)> StatusAndProgressAsync(SimulatorRun run, string id)
    {
        var video = await run.CheckAsync(id);
        return (video["status"]!.GetValue<string>(), video["progress"]!.GetValue<int>());
    }
}
