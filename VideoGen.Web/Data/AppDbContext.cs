using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Accounts;
using VideoGen.Web.Audit;
using VideoGen.Web.Repair;

namespace VideoGen.Web.Data;

/// <summary>
/// The database, on either engine. Lives for one operation: take it from <see cref="IDbContextFactory{TContext}"/>
/// and dispose it; never inject it into a component.
/// </summary>
public class AppDbContext : IdentityDbContext<Person, IdentityRole<Guid>, Guid>
{
    [SuppressMessage("Design", "MA0056", Justification = "Database is only overridden by test doubles of EF Core itself.")]
    public AppDbContext(DbContextOptions<AppDbContext> options)
        : base(options)
    {
        // Every write is a transaction, so that SQLite's write gate sees it.
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
    }

    private protected AppDbContext(DbContextOptions options)
        : base(options)
    {
    }

    public DbSet<GenerationJob> Jobs => Set<GenerationJob>();

    public DbSet<JobEvent> JobEvents => Set<JobEvent>();

    public DbSet<SubmissionAttempt> SubmissionAttempts => Set<SubmissionAttempt>();

    public DbSet<Video> Videos => Set<Video>();

    /// <summary>Written once and never changed: the database refuses it.</summary>
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<RepairFinding> RepairFindings => Set<RepairFinding>();

    public DbSet<RepairScanState> RepairScans => Set<RepairScanState>();

    public DbSet<RepairTurn> RepairTurns => Set<RepairTurn>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<TimeSpan>().HaveConversion<MillisecondsConverter>();
        configurationBuilder.Properties<decimal>().HaveConversion<MicroDollarsConverter>();
        configurationBuilder.Properties<JobActor>().HaveConversion<JobActorConverter>().HaveMaxLength(64);
        if (Database.IsSqlite())
        {
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTextConverter>();
        }
    }
}

/// <summary>The model as migrations of SQLite see it. Everything else uses <see cref="AppDbContext"/>.</summary>
public sealed class SqliteAppDbContext(DbContextOptions<SqliteAppDbContext> options) : AppDbContext(options);

/// <summary>The model as migrations of PostgreSQL see it. Everything else uses <see cref="AppDbContext"/>.</summary>
public sealed class PostgresAppDbContext(DbContextOptions<PostgresAppDbContext> options) : AppDbContext(options);
