using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Prompts;
using VideoGen.Web.Prompts;

namespace VideoGen.Tests.Prompts;

/// <summary>The client as it is shipped against a service on a real socket.</summary>
[Trait("Req", "R-04")]
public sealed class ChatPromptRefinerTests : IAsyncLifetime
{
    private const string Key = "sk-canary-4711";
    private const string Prompt = "A very secret fox runs through the snow. It stops. It looks back.";

    private readonly TestClock _clock = new();
    private readonly RecordedLog<ChatPromptRefiner> _log = new();
    private ChatStandIn _service = null!;

    public async ValueTask InitializeAsync() => _service = await ChatStandIn.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Refine_ModelAnswers_IsWhatItSaid()
    {
        var refined = await RefineAsync();

        Assert.Equal(new RefinedPrompt("A fox.", RefinementOrigin.LanguageModel, "gpt-4o"), refined);
        var request = Assert.Single(_service.Requests);
        Assert.Equal(("/openai/v1/chat/completions", "gpt-4o"), (request.Path, request.Body.GetProperty("model").GetString()));
        Assert.Contains("for the video model Gen-4.5", request.Said(0), StringComparison.Ordinal);
        Assert.Contains("at most 36 characters, and never more than 40", request.Said(0), StringComparison.Ordinal);
        Assert.DoesNotContain("version", request.Said(0), StringComparison.Ordinal);
        Assert.Equal(Prompt, request.Said(1));
    }

    [Fact]
    public async Task Refine_AnotherVersion_IsAskedForAsSuch()
    {
        await RefineAsync(attempt: 2);

        Assert.Contains("This is version 2", Assert.Single(_service.Requests).Said(0), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bearer", "Authorization", "Bearer " + Key, "api-key")]
    [InlineData("api-key", "api-key", Key, "Authorization")]
    public async Task Refine_KeyHeader_IsTheOneThatWasChosen(string setting, string header, string value, string absent)
    {
        await RefineAsync(options => options.KeyHeader = setting);

        var request = Assert.Single(_service.Requests);
        Assert.Equal(value, request.Headers[header]);
        Assert.False(request.Headers.ContainsKey(absent));
    }

    [Theory]
    [InlineData("\"A fox.\"", "A fox.")]
    [InlineData("  “A fox.”\n", "A fox.")]
    [InlineData("'\"A fox.\"'", "A fox.")]
    [InlineData("\"Go\" and \"Stop\"", "\"Go\" and \"Stop\"")]
    public async Task Refine_AnswerInQuotes_IsRidOfThem(string said, string expected)
    {
        _service.Answer = context => ChatStandIn.SayAsync(context, said);

        Assert.Equal(expected, (await RefineAsync()).Text);
    }

    [Fact]
    public async Task Refine_AnswerTooLong_IsShortenedHereAndSaidSo()
    {
        _service.Answer = context => ChatStandIn.SayAsync(context, "A fox runs through snow. It stops. It looks back at us.");

        var refined = await RefineAsync();

        Assert.Equal(("A fox runs through snow. It stops.", RefinementOrigin.LanguageModelThenShortened), (refined.Text, refined.Origin));
        Assert.Single(_service.Requests);
    }

    [Theory]
    [InlineData("", "stop", null)]
    [InlineData(" \n", "stop", null)]
    [InlineData("\"\"", "stop", null)]
    [InlineData(null, "stop", null)]
    [InlineData("A fox and the", "length", null)]
    [InlineData("A fox.", "content_filter", null)]
    [InlineData(null, "stop", "I cannot help with that.")]
    [InlineData("a\0b", "stop", null)]
    public async Task Refine_NoUsablePrompt_Fails(string? said, string finish, string? refusal)
    {
        _service.Answer = context => ChatStandIn.SayAsync(context, said, finish, refusal);

        await FailsAsync("The language model gave no usable prompt back. Shorten it yourself or try again.");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Refine_ServiceRefuses_FailsAfterOneRequest(int status)
    {
        _service.Answer = context => RefuseAsync(context, status);

        await FailsAsync(PromptRefinementException.Usual);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Refine_KeyNotAccepted_SaysWhoCanHelp(int status)
    {
        _service.Answer = context => RefuseAsync(context, status);

        await FailsAsync("The language model does not accept the key. Shorten it yourself, and tell an administrator.");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("""{"choices":[]}""")]
    public async Task Refine_GarbledAnswer_FailsAfterOneRequest(string body)
    {
        _service.Answer = context => context.Response.WriteAsync(body);

        var failure = await Assert.ThrowsAsync<PromptRefinementException>(() => RefineAsync());

        Assert.EndsWith("Shorten it yourself or try again.", failure.Message, StringComparison.Ordinal);
        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task Refine_LineBreaks_FailsAfterOneRequest()
    {
        _service.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        await FailsAsync(PromptRefinementException.Usual);
    }

    [Fact]
    public async Task Refine_NoAnswerInTime_FailsAfterOneRequest()
    {
        _service.Answer = HangAsync;
        var refining = RefineAsync();
        await _service.Asked;

        _clock.Advance(TimeSpan.FromSeconds(19));
        Assert.False(refining.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await FailsAsync("The language model did not answer in 20 s. Shorten it yourself or try again.", refining);
    }

    [Fact]
    public async Task Refine_CalledOff_IsNoFailure()
    {
        _service.Answer = HangAsync;
        using var left = new CancellationTokenSource();
        var refining = RefineAsync(cancellationToken: left.Token);
        await _service.Asked;

        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => refining);
        Assert.Empty(_log.Lines);
    }

    private Task<RefinedPrompt> RefineAsync(Action<RefinementOptions>? set = null, int attempt = 1, CancellationToken cancellationToken = default)
    {
        var options = new RefinementOptions { ApiKey = Key, Endpoint = _service.Endpoint };
        set?.Invoke(options);
        return new ChatPromptRefiner(Options.Create(options), _clock, _log).RefineAsync(new PromptToRefine(Prompt, 40, "Gen-4.5", attempt), cancellationToken);
    }

    // One request, one sentence, and nothing in the log or the error that is nobody's business.
    private async Task FailsAsync(string sentence, Task<RefinedPrompt>? refining = null)
    {
        var failure = await Assert.ThrowsAsync<PromptRefinementException>(() => refining ?? RefineAsync());

        Assert.Equal(sentence, failure.Message);
        Assert.Single(_service.Requests);
        var told = string.Join('\n', [.. _log.Lines, failure.ToString()]);
        Assert.NotEmpty(_log.Lines);
        Assert.All([Key, "secret fox", _service.Endpoint], word => Assert.DoesNotContain(word, told, StringComparison.Ordinal));
    }

    // Services quote what they do not like.
    private static Task RefuseAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = new { message = $"Wrong: {context.Request.Headers.Authorization}, {Key}, {Prompt}", type = "invalid_request_error" } });
    }

    private static Task HangAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        context.RequestAborted.Register(gone.SetResult);
        return gone.Task;
    }
}
