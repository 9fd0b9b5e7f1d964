namespace VideoGen.Web.Jobs;

/// <summary>What people do with jobs.</summary>
internal static class JobsSetup
{
    public static WebApplicationBuilder AddJobs(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<CreateJobsCommand>();
        services.AddSingleton<CancelJobCommand>();
        services.AddSingleton<RetryJobCommand>();
        return builder;
    }
}
