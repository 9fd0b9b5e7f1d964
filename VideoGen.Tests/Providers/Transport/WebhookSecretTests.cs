using System.Text;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Transport;

[Trait("Req", "R-63")]
public sealed class WebhookSecretTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n")]
    public void KeysOf_Nothing_IsNoKey(string? secrets)
    {
        Assert.Empty(WebhookSecret.KeysOf(secrets));
    }

    [Fact]
    public void KeysOf_BothForms_AreReadInOrder()
    {
        var keys = WebhookSecret.KeysOf(" whsec_MDEyMzQ1Njc4OQ==\nplain-text-ü ");

        Assert.Equal(["0123456789", "plain-text-ü"], keys.Select(Encoding.UTF8.GetString), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64")]
    [InlineData("whsec_MDEyMzQ1Njc4OQ")]
    public void KeysOf_BrokenSecret_IsNotTakenForAnother(string secret)
    {
        Assert.Throws<FormatException>(() => WebhookSecret.KeysOf(secret));
    }
}
