using Microsoft.Extensions.DependencyInjection.Extensions;

namespace VideoGen.Web.LiveUpdates;

/// <summary>From a committed change to the open pages.</summary>
internal static class LiveUpdatesSetup
{
    public static WebApplicationBuilder AddLiveUpdates(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<JobUpdates>();
        builder.Services.TryAddScoped<CircuitJobHub>();
        return builder;
    }
}
