using VideoGen.Web.Jobs.Recovery;

namespace VideoGen.Web.Jobs;

/// <summary>What people do with jobs, and what pages show of them.</summary>
internal static class JobsSetup
{
    public static WebApplicationBuilder AddJobs(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<CreateJobsCommand>();

        services.AddSingleton<RecoveryVerdicts>();
        services.AddSingleton<ProviderLook>();
        services.AddSingleton<ResetMove>();
        services.AddSingleton<RecoveryMoves>();
        services.AddSingleton<JobRecovery>();
        services.AddSingleton<RecoverJobsCommand>();
        services.AddSingleton<RecoveryPreviewQuery>();

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
