using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace VideoGen.Web.Data;

/// <summary>The database and the data folder.</summary>
internal static class DatabaseSetup
{
    public static WebApplicationBuilder AddDatabase(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<DataOptions>().BindConfiguration(DataOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<DataFolder>();
        services.AddSingleton<SqliteConnectionSettings>();
        services.AddSingleton<SqliteCheckpoint>();
        services.AddSingleton<DataFolderLock>();

        var postgres = builder.Configuration.GetSection(DataOptions.SectionName).Get<DataOptions>()?.PostgresConnectionString;
        if (string.IsNullOrWhiteSpace(postgres))
        {
            services.AddSingleton<SqliteWriteGate>();
            services.AddDbContextFactory<AppDbContext>(UseSqlite);
        }
        else
        {
            services.AddDbContextFactory<AppDbContext>((_, options) => options.UseNpgsql(postgres));
        }

        services.AddDataProtection().SetApplicationName("VideoGen");
        services.AddOptions<KeyManagementOptions>()
            .Configure<DataFolder, ILoggerFactory>((options, folder, loggers) => options.XmlRepository =
                new FileSystemXmlRepository(new DirectoryInfo(folder.Keys), loggers));
        return builder;
    }

    /// <summary>Brings the database to the present schema before anything else touches it.</summary>
    /// <exception cref="InvalidOperationException">Another process uses the data folder.</exception>
    public static async Task MigrateDatabaseAsync(this WebApplication app)
    {
        app.Services.GetRequiredService<DataFolderLock>().Take();
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        if (db.Database.IsSqlite())
        {
            var options = new DbContextOptionsBuilder<SqliteAppDbContext>().UseSqlite(db.Database.GetDbConnection()).Options;
            await using var migrations = new SqliteAppDbContext(options);
            await SqliteUpgrade.RunAsync(migrations, app.Services.GetRequiredService<DataFolder>());
        }
        else
        {
            var options = new DbContextOptionsBuilder<PostgresAppDbContext>().UseNpgsql(db.Database.GetDbConnection()).Options;
            await using var migrations = new PostgresAppDbContext(options);
            await migrations.Database.MigrateAsync();
        }
    }

    private static void UseSqlite(IServiceProvider services, DbContextOptionsBuilder options)
    {
        // Write transactions are IMMEDIATE by default.
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = services.GetRequiredService<DataFolder>().DatabaseFile,
            ForeignKeys = true,
            DefaultTimeout = 10,
        };
        options
            .UseSqlite(connection.ConnectionString)
            .AddInterceptors(services.GetRequiredService<SqliteWriteGate>(), services.GetRequiredService<SqliteConnectionSettings>());
    }
}
