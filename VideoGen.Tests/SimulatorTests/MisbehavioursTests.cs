using System.Net;
using VideoGen.Simulator;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Tests.SimulatorTests;

/// <summary>Which request meets what: by rule, by a word in the prompt, over HTTP, by chance.</summary>
public sealed class MisbehavioursTests
{
    [Fact]
    public async Task Rule_WithAPrompt_MeetsEveryRequestAboutThatJobAndNoOther()
    {
        await using var run = await SimulatorRun.StartAsync();
        var fox = await run.CreateAsync("A fox");
        var owl = await run.CreateAsync("An owl");
        run.Simulator.Misbehave(new MisbehaviourRule { Kind = MisbehaviourKind.Unavailable, PromptContains = "fox", Times = null });

        Assert.Equal(
            [HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK],
            [await StatusAsync(run, fox), await StatusAsync(run, fox), await StatusAsync(run, owl)]);
        using var again = await run.PostAsync("Another fox");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, again.StatusCode);
    }

    [Fact]
    public async Task Behave_AfterARule_ForgetsIt()
    {
        await using var run = await SimulatorRun.StartAsync();
        run.Misbehave(Operation.Create, MisbehaviourKind.ServerError, times: null);

        run.Simulator.Behave();

        await run.CreateAsync();
    }

    [Fact]
    public void Fits_NoOperation_LeavesChecksOfHonestJobsHonest()
    {
        var rule = new MisbehaviourRule { Kind = MisbehaviourKind.Stall };

        Assert.True(rule.Fits("openai", Operation.Create, prompt: null));
        Assert.False(rule.Fits("openai", Operation.Check, prompt: null));
        Assert.True((rule with { Operation = Operation.Check }).Fits("openai", Operation.Check, prompt: null));
        Assert.False((rule with { Operation = Operation.Content }).Fits("openai", Operation.Content, prompt: null));
        Assert.False((rule with { Kind = MisbehaviourKind.TruncatedFile }).Fits("openai", Operation.Check, prompt: null));
    }

    [Theory]
    [InlineData("A fox [sim:stall]", nameof(MisbehaviourKind.Stall), nameof(Operation.Create), null)]
    [InlineData("[sim:rate-limited x3] fox", nameof(MisbehaviourKind.RateLimited), nameof(Operation.Create), 3)]
    [InlineData("[SIM:Unavailable@check]", nameof(MisbehaviourKind.Unavailable), nameof(Operation.Check), 1)]
    [InlineData("[sim:html-as-video x2]", nameof(MisbehaviourKind.HtmlAsVideo), nameof(Operation.Content), 2)]
    public void PromptWords_InAPrompt_AreRules(string prompt, string kind, string operation, int? times)
    {
        var rule = Assert.Single(PromptWords.In(prompt));

        Assert.Equal((Enum.Parse<MisbehaviourKind>(kind), Enum.Parse<Operation>(operation), times), (rule.Kind, rule.Operation, rule.Times));
    }

    [Fact]
    public void PromptWords_OfNoKind_AreJustWords()
    {
        Assert.Empty(PromptWords.In("A fox [sim:sing] [stall] sim:stall"));
    }

    [Fact]
    public async Task PromptWords_Once_CountForEachJob()
    {
        await using var run = await SimulatorRun.StartAsync();
        var ids = new[] { await run.CreateAsync("[sim:unavailable@check]"), await run.CreateAsync("[sim:unavailable@check]") };

        var statuses = new List<HttpStatusCode>();
        foreach (var id in ids.Concat(ids))
        {
            statuses.Add(await StatusAsync(run, id));
        }

        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK, HttpStatusCode.OK], statuses);
    }

    [Fact]
    public async Task Control_OverHttp_SetsForgetsAndTells()
    {
        await using var run = await SimulatorRun.StartAsync();

        using var set = await run.SendAsync(
            HttpMethod.Post, "/_simulator/misbehave", SimulatorRun.Json("""{"kind":"rateLimited","operation":"create","times":null,"retryAfter":"seconds"}"""));
        using var refused = await run.PostAsync("A fox");
        using var forget = await run.SendAsync(HttpMethod.Delete, "/_simulator/misbehave");
        await run.CreateAsync("An owl");
        using var ledger = await run.GetAsync("/_simulator/ledger");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.TooManyRequests, HttpStatusCode.NoContent), (set.StatusCode, refused.StatusCode, forget.StatusCode));
        Assert.Equal("2", refused.Headers.GetValues("Retry-After").Single());
        var entries = System.Text.Json.Nodes.JsonNode.Parse(await ledger.Content.ReadAsStringAsync())!.AsArray();
        Assert.Equal(["A fox", "An owl"], entries.Select(entry => entry!["prompt"]!.GetValue<string>()), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"no-such-kind"}""")]
    [InlineData("""{"kind":"resetBeforeRead","promptContains":"fox"}""")]
    public async Task Control_RuleThatCannotBe_IsRefused(string rule)
    {
        await using var run = await SimulatorRun.StartAsync();

        using var answer = await run.SendAsync(HttpMethod.Post, "/_simulator/misbehave", SimulatorRun.Json(rule));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public void Take_ByChance_IsTheSameForTheSameSeed()
    {
        var first = Draw(seed: 7);
        var again = Draw(seed: 7);
        var other = Draw(seed: 8);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.InRange(first.Count(kinds => kinds.Length > 0), 20, 80);
    }

    private static List<string> Draw(int seed)
    {
        var misbehaviours = new Misbehaviours(rate: 0.5, seed);
        return [.. Enumerable.Range(0, 100).Select(_ => string.Join(',', misbehaviours.Take("openai", Operation.Create, job: null, "A fox").Kinds))];
    }

    private static async Task<HttpStatusCode> StatusAsync(SimulatorRun run, string id)
    {
        using var answer = await run.GetAsync($"/v1/videos/{id}");
        return answer.StatusCode;
    }
}
