using System.Net;
using System.Text.Json.Nodes;
using VideoGen.Simulator.Media;

namespace VideoGen.Tests.SimulatorTests;

public sealed class OpenAIDialectTests
{
    [Fact]
    public async Task Create_Json_AnswersAQueuedVideo()
    {
        await using var run = await SimulatorRun.StartAsync();

        using var answer = await run.SendAsync(
            HttpMethod.Post, "/v1/videos", SimulatorRun.Json("""{"model":"sora-2-pro","prompt":"A fox","seconds":"8","size":"1280x720"}"""));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("req_", Assert.Single(answer.Headers.GetValues("x-request-id")), StringComparison.Ordinal);
        var video = await SimulatorRun.BodyOf(answer);
        var id = video["id"]!.GetValue<string>();
        Assert.StartsWith("video_", id, StringComparison.Ordinal);
        AssertJson(
            $$"""
            {"id":"{{id}}","object":"video","created_at":1893553445,"status":"queued","completed_at":null,"error":null,"expires_at":null,
             "model":"sora-2-pro","progress":0,"prompt":"A fox","remixed_from_video_id":null,"seconds":"8","size":"1280x720"}
            """,
            video);
    }

    [Fact]
    public async Task Create_OnlyAPrompt_TakesTheVendorsDefaults()
    {
        await using var run = await SimulatorRun.StartAsync();

        var video = await run.CheckAsync(await run.CreateAsync());

        Assert.Equal(("sora-2", "4", "720x1280"), (Text(video, "model"), Text(video, "seconds"), Text(video, "size")));
    }

    [Fact]
    public async Task Create_Multipart_ReadsTheFields()
    {
        await using var run = await SimulatorRun.StartAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("A fox"), "prompt" }, { new StringContent("12"), "seconds" }, { new StringContent("1280x720"), "size" },
        };

        using var answer = await run.SendAsync(HttpMethod.Post, "/v1/videos", form);

        var video = await SimulatorRun.BodyOf(answer);
        Assert.Equal(("A fox", "12", "1280x720"), (Text(video, "prompt"), Text(video, "seconds"), Text(video, "size")));
    }

    [Theory]
    [InlineData("""{"seconds":"4"}""", "prompt")]
    [InlineData("""{"prompt":"A fox","seconds":8}""", "seconds")]
    [InlineData("""{"prompt":"A fox","seconds":"7"}""", "seconds")]
    [InlineData("""{"prompt":"A fox","size":"640x360"}""", "size")]
    [InlineData("""{"prompt":"A fox","input_reference":{"file_id":"f","image_url":"u"}}""", "input_reference")]
    [InlineData("""{"prompt":"A fox","input_reference":{}}""", "input_reference")]
    [InlineData("no json", "prompt")]
    public async Task Create_BadField_IsRefusedByName(string body, string field)
    {
        await using var run = await SimulatorRun.StartAsync();

        using var answer = await run.SendAsync(HttpMethod.Post, "/v1/videos", SimulatorRun.Json(body));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = (await SimulatorRun.BodyOf(answer))["error"]!.AsObject();
        Assert.Equal(("invalid_request_error", field), (Text(error, "type"), Text(error, "param")));
        Assert.Empty(run.Simulator.Jobs.Of("openai"));
    }

    [Fact]
    public async Task Check_Finished_SaysUntilWhenTheResultIsKept()
    {
        await using var run = await SimulatorRun.StartAsync();

        var video = await run.CheckAsync(await run.CreateFinishedAsync());

        Assert.Equal(("completed", 1893553545, 1893557145), (Text(video, "status"), (long)video["completed_at"]!, (long)video["expires_at"]!));
    }

    [Fact]
    public async Task Check_UnknownId_IsNotFound()
    {
        await using var run = await SimulatorRun.StartAsync();

        using var answer = await run.GetAsync("/v1/videos/video_none");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        AssertJson("""{"error":{"message":"Video not found.","type":"invalid_request_error","param":null,"code":"not_found"}}""", await SimulatorRun.BodyOf(answer));
    }

    [Fact]
    public async Task Content_Finished_IsAVideoOfTheAskedSize()
    {
        await using var run = await SimulatorRun.StartAsync();
        var id = await run.CreateFinishedAsync();
        var whole = await File.ReadAllBytesAsync(await SampleVideos.OfAsync(720, 1280, 4));

        using var answer = await run.GetAsync($"/v1/videos/{id}/content");

        Assert.Equal(("video/mp4", whole.Length), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentLength));
        Assert.Equal(whole, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("ftyp"u8, whole.AsSpan(4, 4));
    }

    [Fact]
    public async Task Content_PartAskedFor_IsThatPart()
    {
        await using var run = await SimulatorRun.StartAsync();
        var id = await run.CreateFinishedAsync();
        var whole = await File.ReadAllBytesAsync(await SampleVideos.OfAsync(720, 1280, 4));

        using var answer = await run.GetAsync($"/v1/videos/{id}/content", "Range: bytes=4-99");

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(whole[4..100], await answer.Content.ReadAsByteArrayAsync());
        Assert.NotNull(answer.Headers.ETag);
    }

    [Theory]
    [InlineData("thumbnail", "image/webp")]
    [InlineData("spritesheet", "image/jpeg")]
    public async Task Content_Variant_IsAPicture(string variant, string type)
    {
        await using var run = await SimulatorRun.StartAsync();
        var id = await run.CreateFinishedAsync();

        using var answer = await run.GetAsync($"/v1/videos/{id}/content?variant={variant}");

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Content_TooEarlyOrTooLate_IsNotFound()
    {
        await using var run = await SimulatorRun.StartAsync();
        var id = await run.CreateAsync();

        using var early = await run.GetAsync($"/v1/videos/{id}/content");
        run.Clock.Advance(SimulatorRun.GenerationTime + TimeSpan.FromHours(1));
        using var late = await run.GetAsync($"/v1/videos/{id}/content");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (early.StatusCode, late.StatusCode));
    }

    [Fact]
    public async Task List_InPages_GivesEveryVideoOnceNewestFirst()
    {
        await using var run = await SimulatorRun.StartAsync();
        var ids = new[] { await run.CreateAsync("one"), await run.CreateAsync("two"), await run.CreateAsync("three") };

        using var first = await run.GetAsync("/v1/videos?limit=2");
        using var second = await run.GetAsync($"/v1/videos?limit=2&after={ids[1]}");
        using var oldest = await run.GetAsync("/v1/videos?limit=1&order=asc");

        var page = await SimulatorRun.BodyOf(first);
        Assert.Equal([ids[2], ids[1]], IdsIn(page), StringComparer.Ordinal);
        Assert.Equal(("list", ids[2], ids[1], true), (Text(page, "object"), Text(page, "first_id"), Text(page, "last_id"), (bool)page["has_more"]!));
        var rest = await SimulatorRun.BodyOf(second);
        Assert.Equal([ids[0]], IdsIn(rest), StringComparer.Ordinal);
        Assert.False((bool)rest["has_more"]!);
        Assert.Equal([ids[0]], IdsIn(await SimulatorRun.BodyOf(oldest)), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Delete_OnlyWhenEnded_RemovesTheVideo()
    {
        await using var run = await SimulatorRun.StartAsync();
        var id = await run.CreateAsync();

        using var early = await run.SendAsync(HttpMethod.Delete, $"/v1/videos/{id}");
        run.Clock.Advance(SimulatorRun.GenerationTime);
        using var late = await run.SendAsync(HttpMethod.Delete, $"/v1/videos/{id}");
        using var gone = await run.GetAsync($"/v1/videos/{id}");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NotFound), (early.StatusCode, gone.StatusCode));
        AssertJson($$"""{"id":"{{id}}","object":"video.deleted","deleted":true}""", await SimulatorRun.BodyOf(late));
    }

    [Fact]
    public async Task Remix_OfAVideo_IsANewOneOfTheSameMeasures()
    {
        await using var run = await SimulatorRun.StartAsync();
        var id = await run.CreateFinishedAsync("A fox");

        using var answer = await run.SendAsync(HttpMethod.Post, $"/v1/videos/{id}/remix", SimulatorRun.Json(SimulatorRun.OrderOf("At night")));

        var video = await SimulatorRun.BodyOf(answer);
        Assert.Equal((id, "At night", "4", "queued"), (Text(video, "remixed_from_video_id"), Text(video, "prompt"), Text(video, "seconds"), Text(video, "status")));
        Assert.NotEqual(id, Text(video, "id"), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("Authorization:", 401)]
    [InlineData("Authorization: Bearer", 401)]
    [InlineData("Authorization: Bearer other", 401)]
    [InlineData("Authorization: Bearer the-one", 404)]
    [InlineData("api-key: the-one", 404, "Authorization:")]
    [InlineData("x-litellm-api-key: the-one", 404, "Authorization:")]
    public async Task Key_RequiredOne_IsAskedForEverywhere(string header, int status, string? without = null)
    {
        await using var run = await SimulatorRun.StartAsync(options => options with { RequiredKey = "the-one" });
        string[] headers = without is null ? [header] : [without, header];

        using var check = await run.GetAsync("/v1/videos/none", headers);
        using var content = await run.GetAsync("/v1/videos/none/content", headers);

        Assert.Equal((status, status), ((int)check.StatusCode, (int)content.StatusCode));
    }

    [Theory]
    [InlineData("Authorization:")]
    [InlineData("Authorization: Bearer")]
    public async Task Key_None_CreatesNothing(string header)
    {
        await using var run = await SimulatorRun.StartAsync();

        using var answer = await run.SendAsync(HttpMethod.Post, "/v1/videos", SimulatorRun.Json(SimulatorRun.OrderOf("A fox")), header);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(run.Simulator.Jobs.Of("openai"));
    }

    [Fact]
    public async Task Paths_WithoutVersion_AreTheSameVideos()
    {
        await using var run = await SimulatorRun.StartAsync();
        var id = await run.CreateAsync();

        using var answer = await run.GetAsync($"/videos/{id}");

        Assert.Equal(id, Text(await SimulatorRun.BodyOf(answer), "id"));
    }

    private static string? Text(JsonObject node, string name) => node[name]?.GetValue<string>();

    private static IEnumerable<string> IdsIn(JsonObject page) => page["data"]!.AsArray().Select(video => video!["id"]!.GetValue<string>());

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"Expected {expected}\nbut got {actual.ToJsonString()}");
}
