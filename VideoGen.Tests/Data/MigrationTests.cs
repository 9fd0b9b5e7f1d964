using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Jobs;
using VideoGen.Web.Data;

namespace VideoGen.Tests.Data;

[Trait("Req", "R-71")]
public abstract class MigrationTests(TestDatabase database) : DatabaseTests(database)
{
    [Fact]
    public async Task Migrate_EmptyDatabase_KeepsWhatIsWritten()
    {
        var job = await Database.AddAsync(JobSamples.In(JobStatus.Generating, OwnerId));

        var stored = await Database.ReadAsync(job.Id);

        Assert.Equivalent(job, stored);
    }

    [Fact]
    public async Task Migrate_Twice_ChangesNothing()
    {
        await using var db = MigrationContext();

        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        await db.Database.MigrateAsync();
    }

    // SQLite writes a table anew to give it a constraint, and whatever hangs on its rows must not go with the old one.
    [Fact]
    public async Task Migrate_FromBeforeRemixes_LosesNothing()
    {
        var job = JobSamples.In(JobStatus.Completed, OwnerId);
        var video = JobSamples.VideoOf(job);
        await using (var writing = await Database.Contexts.CreateDbContextAsync())
        {
            writing.AddRange(job, video);
            await writing.SaveChangesAsync();
        }

        await using var db = MigrationContext();
        await db.GetService<IMigrator>().MigrateAsync("LongProviderJobIds");
        await db.Database.MigrateAsync();

        Assert.Equivalent(job, await Database.ReadAsync(job.Id));
        Assert.Equal(video.Id, (await db.Videos.SingleAsync(kept => kept.JobId == job.Id)).Id);
    }

    [Fact]
    public void Migrations_AndModel_SayTheSame()
    {
        using var db = MigrationContext();

        Assert.False(db.Database.HasPendingModelChanges(), "The model has changed: run scripts/add-migration NAME.");
    }

    private AppDbContext MigrationContext()
    {
        var connection = Database.Settings["Data:PostgresConnectionString"];
        return connection is null
            ? new SqliteAppDbContext(new DbContextOptionsBuilder<SqliteAppDbContext>().UseSqlite($"Data Source={Database.DataFolder.DatabaseFile};Foreign Keys=True").Options)
            : new PostgresAppDbContext(new DbContextOptionsBuilder<PostgresAppDbContext>().UseNpgsql(connection).Options);
    }
}

public sealed class MigrationSqliteTests(SqliteDatabase database) : MigrationTests(database), IClassFixture<SqliteDatabase>;

public sealed class MigrationPostgresTests(PostgresDatabase database) : MigrationTests(database), IClassFixture<PostgresDatabase>;
