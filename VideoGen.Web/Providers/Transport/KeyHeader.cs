using System.Net.Http.Headers;

namespace VideoGen.Web.Providers.Transport;

/// <summary>How a key is sent.</summary>
public enum KeyHeader
{
    /// <summary><c>Authorization: Bearer</c>.</summary>
    Bearer,

    /// <summary><c>api-key</c>, as Azure wants it.</summary>
    ApiKey,
}

internal static class KeyHeaders
{
    /// <summary>Puts a key on every request of a client.</summary>
    public static void Authorize(this HttpClient client, KeyHeader header, string? key)
    {
        if (header is KeyHeader.ApiKey)
        {
            client.DefaultRequestHeaders.Add("api-key", key);
        }
        else
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }
}
