namespace VideoGen.Web.Jobs;

/// <summary>Reading jobs for pages.</summary>
internal static class JobQueriesSetup
{
    public static WebApplicationBuilder AddJobQueries(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<UsualTimesQuery>();
        builder.Services.AddSingleton<WaitingLineQuery>();
        builder.Services.AddSingleton<JobRows>();
        builder.Services.AddSingleton<MyJobsQuery>();
        builder.Services.AddSingleton<JobQuery>();
        builder.Services.AddSingleton<JobSettingsQuery>();
        return builder;
    }
}
