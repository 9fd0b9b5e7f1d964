using VideoGen.Web.Providers.Google.Gemini;
using VideoGen.Web.Providers.OpenAi;
using VideoGen.Web.Providers.Replicate;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers;

/// <summary>Which job a webhook of each provider is about.</summary>
[Trait("Req", "R-63")]
public sealed class ProviderCallbackTests
{
    [Theory]
    [InlineData("""{"id":"evt_1","type":"video.completed","data":{"id":"video_abc"}}""", "video_abc")]
    [InlineData("""{"id":"evt_1","type":"video.completed","data":{"id":7}}""", null)]
    [InlineData("""{"id":"evt_1","data":[]}""", null)]
    [InlineData("[]", null)]
    [InlineData("no JSON", null)]
    public void OpenAi_Message_NamesItsVideo(string body, string? id)
    {
        Assert.Equal(id, OpenAiCallback.JobIdOf(BoundedJson.Parse(body)));
    }

    [Theory]
    [InlineData("""{"id":"gm3qorzdhgbfurvjtvhg6dckhu","status":"succeeded","output":["https://replicate.delivery/x/out.mp4"]}""", "gm3qorzdhgbfurvjtvhg6dckhu")]
    [InlineData("""{"status":"succeeded"}""", null)]
    public void Replicate_Message_NamesItsPrediction(string body, string? id)
    {
        Assert.Equal(id, ReplicateCallback.JobIdOf(BoundedJson.Parse(body)));
    }

    [Theory]
    [InlineData("""{"type":"interaction.completed","version":"v1","data":{"id":"int-1"}}""", "int-1")]
    [InlineData("""{"type":"interaction.failed","data":{"name":"interactions/int-1"}}""", "int-1")]
    [InlineData("""{"type":"batch.succeeded","data":{}}""", null)]
    public void Gemini_Message_NamesItsInteraction(string body, string? id)
    {
        Assert.Equal(id, GeminiCallback.JobIdOf(BoundedJson.Parse(body)));
    }
}
