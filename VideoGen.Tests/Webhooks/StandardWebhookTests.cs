using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using VideoGen.Web.Providers.Transport;
using VideoGen.Web.Webhooks;

namespace VideoGen.Tests.Webhooks;

[Trait("Req", "R-63")]
public sealed class StandardWebhookTests
{
    private const string OldSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const long Time = 1758941485;

    // As OpenAI's own client accepts it.
    private static readonly Message OpenAi = new(
        "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        "evt_abc123",
        Time,
        """{"id":"evt_abc123","object":"event","created_at":1758941485,"type":"video.completed","data":{"id":"video_abc123"}}""",
        "v1,/NrW6G9wk8gO/njr5CmKOXNG+rukM32dDLO9+FpCcmI=");

    // Of the specification's own tests.
    private static readonly Message Specification = new(
        OldSecret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}""", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public void IsAuthentic_OfficialVectors_AreAccepted()
    {
        Assert.True(IsAuthentic(OpenAi));
        Assert.True(IsAuthentic(Specification));
    }

    [Fact]
    public void IsAuthentic_AnythingSignedChanged_IsRefused()
    {
        Assert.False(IsAuthentic(OpenAi with { Body = OpenAi.Body.Replace("abc123\"}}", "abc124\"}}", StringComparison.Ordinal) }));
        Assert.False(IsAuthentic(OpenAi with { Body = OpenAi.Body + "\n" }));
        Assert.False(IsAuthentic(OpenAi with { Body = "" }));
        Assert.False(IsAuthentic(OpenAi with { Id = "evt_abc124" }));
        Assert.False(IsAuthentic(OpenAi with { Timestamp = Text(Time + 1) }));
        Assert.False(IsAuthentic(OpenAi with { Secret = OldSecret }));
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void IsAuthentic_ClocksApart_FiveMinutesAreLetPass(int seconds, bool accepted)
    {
        Assert.Equal(accepted, IsAuthentic(OpenAi, DateTimeOffset.FromUnixTimeSeconds(Time + seconds)));
    }

    [Theory]
    [InlineData("v1,AAAA v1,/NrW6G9wk8gO/njr5CmKOXNG+rukM32dDLO9+FpCcmI=", true)]
    [InlineData("v1a,abc v1,/NrW6G9wk8gO/njr5CmKOXNG+rukM32dDLO9+FpCcmI= v1,AAAA", true)]
    [InlineData("", false)]
    [InlineData("v1,", false)]
    [InlineData("v1", false)]
    [InlineData("/NrW6G9wk8gO/njr5CmKOXNG+rukM32dDLO9+FpCcmI=", false)]
    [InlineData("v2,/NrW6G9wk8gO/njr5CmKOXNG+rukM32dDLO9+FpCcmI=", false)]
    [InlineData("v1,/NrW6G9wk8gO/njr5CmKOXNG+rukM32dDLO9+FpCcmI=AAAA", false)]
    [InlineData("v1,/NrW6G9wk8gO", false)]
    [InlineData("v1,ÿ", false)]
    public void IsAuthentic_SeveralSignatures_OneThatFitsIsEnough(string signatures, bool accepted)
    {
        Assert.Equal(accepted, IsAuthentic(OpenAi with { Signature = signatures }));
    }

    [Fact]
    public void IsAuthentic_SecretIsBeingExchanged_EitherIsAccepted()
    {
        Assert.True(IsAuthentic(OpenAi with { Secret = $"{OldSecret} {OpenAi.Secret}" }));
        Assert.True(IsAuthentic(Specification with { Secret = $"{OldSecret} {OpenAi.Secret}" }));
    }

    [Fact]
    public void IsAuthentic_NoKeys_RefusesEverything()
    {
        Assert.False(IsAuthentic(OpenAi with { Secret = "" }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1758941485")]
    [InlineData("+1758941485")]
    [InlineData(" 1758941485")]
    [InlineData("1758941485.0")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999")]
    public void IsAuthentic_TimeThatIsNone_IsRefused(string timestamp)
    {
        Assert.False(IsAuthentic(OpenAi with { Timestamp = timestamp }, DateTimeOffset.FromUnixTimeSeconds(Time)));
    }

    [Theory]
    [InlineData(StandardWebhook.IdHeader)]
    [InlineData(StandardWebhook.TimestampHeader)]
    [InlineData(StandardWebhook.SignatureHeader)]
    public void IsAuthentic_HeaderMissingOrTwice_IsRefused(string name)
    {
        var headers = HeadersOf(OpenAi);
        headers[name] = new([headers[name].ToString(), headers[name].ToString()]);
        Assert.False(Verify(headers));

        headers.Remove(name);
        Assert.False(Verify(headers));

        static bool Verify(HeaderDictionary headers) => StandardWebhook.IsAuthentic(
            headers, Encoding.UTF8.GetBytes(OpenAi.Body), WebhookSecret.KeysOf(OpenAi.Secret), DateTimeOffset.FromUnixTimeSeconds(Time));
    }

    private static bool IsAuthentic(Message message, DateTimeOffset? now = null) => StandardWebhook.IsAuthentic(
        HeadersOf(message),
        Encoding.UTF8.GetBytes(message.Body),
        WebhookSecret.KeysOf(message.Secret),
        now ?? DateTimeOffset.FromUnixTimeSeconds(long.Parse(message.Timestamp, CultureInfo.InvariantCulture)));

    private static HeaderDictionary HeadersOf(Message message) => new()
    {
        ["Webhook-Id"] = message.Id,
        ["Webhook-Timestamp"] = message.Timestamp,
        ["Webhook-Signature"] = message.Signature,
    };

    private static string Text(long seconds) => seconds.ToString(CultureInfo.InvariantCulture);

    private sealed record Message(string Secret, string Id, string Timestamp, string Body, string Signature)
    {
        public Message(string secret, string id, long seconds, string body, string signature)
            : this(secret, id, Text(seconds), body, signature)
        {
        }
    }
}
