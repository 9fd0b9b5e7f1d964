using System.Text.Json;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.OpenAi;

/// <summary>Webhooks of OpenAI and of gateways that send the same: <c>{"type": "video.completed", "data": {"id": "video_…"}}</c>.</summary>
internal static class OpenAiCallback
{
    public static string? JobIdOf(JsonElement message) => message.TextAt("data", "id");
}
