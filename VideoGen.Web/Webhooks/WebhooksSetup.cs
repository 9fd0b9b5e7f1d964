using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace VideoGen.Web.Webhooks;

/// <summary>What providers send us. Needs the rate limiter in the pipeline.</summary>
internal static class WebhooksSetup
{
    /// <summary>Name of the policy that bounds how often one address may call.</summary>
    public const string RateLimit = "webhooks";

    // Far above what a provider sends for all jobs that may run at once.
    private const int MostPerMinute = 600;

    public static WebApplicationBuilder AddWebhooks(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton<LookAtOnceCommand>();
        services.TryAddSingleton<WebhookEndpoints>();
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(RateLimit, context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress ?? IPAddress.None,
                static _ => new FixedWindowRateLimiterOptions { PermitLimit = MostPerMinute, Window = TimeSpan.FromMinutes(1) }));
        });
        return builder;
    }

    /// <summary>Adds <c>POST /webhooks/…</c>, open to everybody.</summary>
    public static void MapWebhooks(this IEndpointRouteBuilder routes) => WebhookEndpoints.Map(routes);
}
