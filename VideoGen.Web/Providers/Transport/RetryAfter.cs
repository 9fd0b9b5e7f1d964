using System.Globalization;
using System.Net.Http.Headers;

namespace VideoGen.Web.Providers.Transport;

/// <summary>How long an answer asks us to wait.</summary>
internal static class RetryAfter
{
    /// <summary>Reads <c>retry-after-ms</c> and <c>Retry-After</c> in seconds or as a date (RFC 9110, 10.2.3).</summary>
    /// <returns><see langword="null"/> when it asks for nothing that can be understood. The engine clamps the rest.</returns>
    public static TimeSpan? Of(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.TryGetValues("retry-after-ms", out var values)
            && double.TryParse(values.FirstOrDefault(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds < TimeSpan.MaxValue.TotalMilliseconds)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        return headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
            _ => null,
        };
    }
}
