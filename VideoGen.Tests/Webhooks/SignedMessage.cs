using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace VideoGen.Tests.Webhooks;

/// <summary>A message as a provider sends it, signed by the rules of Standard Webhooks: written anew here, so that the product is not its own judge.</summary>
internal sealed record SignedMessage(string Id, DateTimeOffset At, string Body, string Secret)
{
    public HttpRequestMessage To(string path)
    {
        var seconds = At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("webhook-id", Id);
        request.Headers.Add("webhook-timestamp", seconds);
        request.Headers.Add("webhook-signature", "v1," + Sign($"{Id}.{seconds}.{Body}"));
        return request;
    }

    private string Sign(string text)
    {
        using var hash = new HMACSHA256(Convert.FromBase64String(Secret["whsec_".Length..]));
        return Convert.ToBase64String(hash.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }
}
