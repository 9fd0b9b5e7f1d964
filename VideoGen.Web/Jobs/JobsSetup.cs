namespace VideoGen.Web.Jobs;

/// <summary>What people do with jobs, and what pages show of them.</summary>
internal static class JobsSetup
{
    public static WebApplicationBuilder AddJobs(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<CreateJobsCommand>();
        services.AddSingleton<CancelJobCommand>();
        services.AddSingleton<RetryJobCommand>();

        services.AddSingleton<UsualTimesQuery>();
        services.AddSingleton<WaitingLineQuery>();
        services.AddSingleton<JobRows>();
        services.AddSingleton<MyJobsQuery>();
        services.AddSingleton<JobQuery>();
        services.AddSingleton<JobSettingsQuery>();
        services.AddSingleton<RemixQuery>();
        return builder;
    }
}
