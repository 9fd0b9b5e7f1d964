using System.Security.Cryptography;
using VideoGen.Simulator;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Tests.SimulatorTests;

public sealed class LedgerTests
{
    [Fact]
    public async Task Read_RequestWithoutAnswer_IsOnDisk()
    {
        await using var run = await SimulatorRun.StartAsync();
        run.Misbehave(Operation.Create, MisbehaviourKind.Slow);

        var asking = run.PostAsync("A fox");
        await run.Clock.UntilTimersAsync(1);
        var before = Assert.Single(Ledger.Read(run.Simulator.Ledger.Path));
        run.Clock.Advance(TimeSpan.FromSeconds(2));
        using var answer = await asking;
        await Concluded(run, 1);

        Assert.Null(before.Outcome);
        Assert.Equal((1, "openai", Operation.Create, "POST", "/v1/videos", "A fox"), (before.Sequence, before.Dialect, before.Operation, before.Method, before.Path, before.Prompt));
        Assert.Equal("Bearer sk-test", before.Headers["Authorization"]);
        Assert.Equal(SimulatorRun.OrderOf("A fox"), before.Body);
        var after = Assert.Single(Ledger.Read(run.Simulator.Ledger.Path)).Outcome!;
        Assert.Equal(200, after.Status);
        Assert.Equal(Assert.Single(run.Simulator.Jobs.Of("openai")).Id, after.JobId);
        Assert.Equal(["Slow"], after.Misbehaviours);
    }

    [Fact]
    public async Task Entries_Multipart_HavePartsWithTheHashesOfFiles()
    {
        await using var run = await SimulatorRun.StartAsync();
        var picture = new byte[] { 1, 2, 3 };
        using var form = new MultipartFormDataContent { { new StringContent("A fox"), "prompt" } };
        using var file = new ByteArrayContent(picture);
        file.Headers.ContentType = new("image/png");
        form.Add(file, "input_reference", "fox.png");

        using var answer = await run.SendAsync(HttpMethod.Post, "/v1/videos", form);

        var entry = Assert.Single(run.Simulator.Ledger.Entries("openai", Operation.Create));
        Assert.Null(entry.Body);
        Assert.Equal("A fox", entry.Prompt);
        Assert.Equal(
            [
                new LedgerPart("prompt", "A fox", null, null, null, null),
                new LedgerPart("input_reference", null, "fox.png", "image/png", 3, Convert.ToHexStringLower(SHA256.HashData(picture))),
            ],
            entry.Parts);
    }

    [Fact]
    public async Task CreatesByPrompt_TwoOfOne_AreCounted()
    {
        await using var run = await SimulatorRun.StartAsync();
        run.Misbehave(Operation.Create, MisbehaviourKind.ServerError);

        await run.PostAsync("A fox");
        await run.CreateAsync("A fox");
        var id = await run.CreateAsync("An owl");
        await run.CheckAsync(id);

        Assert.Equal(new Dictionary<string, int>(StringComparer.Ordinal) { ["A fox"] = 2, ["An owl"] = 1 }, run.Simulator.Ledger.CreatesByPrompt("openai"));
        Assert.Equal(3, run.Simulator.Ledger.Count("openai", Operation.Create));
        Assert.Equal("An owl", Assert.Single(run.Simulator.Ledger.Entries(operation: Operation.Check)).Prompt);
    }

    [Fact]
    public async Task Entries_UnknownPath_IsOther()
    {
        await using var run = await SimulatorRun.StartAsync();

        using var answer = await run.GetAsync("/v1/chat/completions?x=1");

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("/v1/chat/completions?x=1", Assert.Single(run.Simulator.Ledger.Entries(operation: Operation.Other)).Path);
    }

    [Fact]
    public async Task Entries_OfARun_AreNumberedAcrossDialects()
    {
        await using var run = await SimulatorRun.StartAsync();

        await run.CreateAsync();
        using var answer = await run.GetAsync(new Uri(run.Simulator.AddressOf("files"), "/_files/none").AbsoluteUri, "Authorization:");

        Assert.Equal([(1, "openai"), (2, "files")], run.Simulator.Ledger.Entries().Select(entry => (entry.Sequence, entry.Dialect)));
    }

    [Fact]
    public void Read_TornLastLine_GivesTheRest()
    {
        using var folder = new TestFolder();
        var path = folder.PathOf("ledger.jsonl");
        using (var ledger = new Ledger(path, TimeProvider.System))
        {
            ledger.Append(Request("one"));
            ledger.Append(Request("two"));
        }

        File.AppendAllText(path, "{\"request\":{\"sequence\":3,\"at\":");

        Assert.Equal(["one", "two"], Ledger.Read(path).Select(entry => entry.Prompt), StringComparer.Ordinal);
    }

    [Fact]
    public void Append_ToALedgerOfAnEarlierRun_GoesOnCounting()
    {
        using var folder = new TestFolder();
        var path = folder.PathOf("ledger.jsonl");
        using (var earlier = new Ledger(path, TimeProvider.System))
        {
            earlier.Append(Request("one"));
        }

        File.AppendAllText(path, "{\"outcomeOf\":1,");
        using var ledger = new Ledger(path, TimeProvider.System);
        ledger.Append(Request("two"));

        Assert.Equal([(1, "one"), (2, "two")], Ledger.Read(path).Select(entry => (entry.Sequence, entry.Prompt)));
    }

    private static LedgerEntry Request(string prompt) => new()
    {
        Sequence = 0,
        At = TestClock.Start,
        Dialect = "openai",
        Operation = Operation.Create,
        Method = "POST",
        Path = "/v1/videos",
        Headers = new Dictionary<string, string>(StringComparer.Ordinal),
        Prompt = prompt,
    };

    // The outcome is written after the last byte of the answer is.
    private static Task Concluded(SimulatorRun run, int count) =>
        Eventually.HoldsAsync(() => run.Simulator.Ledger.Entries().Count(entry => entry.Outcome is not null) == count);
}
