using Microsoft.EntityFrameworkCore;
using VideoGen.Tests.Data;
using VideoGen.Web.Audit;

namespace VideoGen.Tests.Audit;

/// <summary>What is in the audit log stays there as it is, on either engine, also for a statement that goes round the application.</summary>
[Trait("Req", "R-43")]
public abstract class AuditLogTests(TestDatabase database) : DatabaseTests(database)
{
    [Fact]
    public async Task Entry_Written_IsReadBackWhole()
    {
        var entry = await AddAsync();

        Assert.Equivalent(entry, Assert.Single(await Database.AuditOfAsync(Guid.Parse(entry.TargetId))));
    }

    [Theory]
    [InlineData("UPDATE \"AuditEntries\" SET \"Reason\" = 'Another'")]
    [InlineData("DELETE FROM \"AuditEntries\"")]
    public async Task Entry_ChangedOrRemovedByAStatement_IsRefused(string statement)
    {
        var entry = await AddAsync();
        await using var db = await Database.Contexts.CreateDbContextAsync();

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync(statement));

        Assert.Contains("Entries of the audit log are never", refused.Message, StringComparison.Ordinal);
        Assert.Equivalent(entry, Assert.Single(await Database.AuditOfAsync(Guid.Parse(entry.TargetId))));
    }

    [Fact]
    public async Task Entry_RemovedThroughTheModel_IsRefused()
    {
        var entry = await AddAsync();
        await using var db = await Database.Contexts.CreateDbContextAsync();
        db.Remove(entry);

        await Assert.ThrowsAnyAsync<DbUpdateException>(() => db.SaveChangesAsync());

        Assert.Single(await Database.AuditOfAsync(Guid.Parse(entry.TargetId)));
    }

    protected async Task<AuditEntry> AddAsync()
    {
        var entry = new AuditEntry(TestClock.Start, OwnerId, "job.reset", AuditTarget.Job(Guid.NewGuid()), "It hung.", "done");
        await using var db = await Database.Contexts.CreateDbContextAsync();
        db.Add(entry);
        await db.SaveChangesAsync();
        return entry;
    }
}

public sealed class AuditLogSqliteTests(SqliteDatabase database) : AuditLogTests(database), IClassFixture<SqliteDatabase>
{
    // SQLite removes the row that stands in the way without asking the trigger that refuses its removal.
    [Theory]
    [InlineData("\"Id\"", "\"Id\"")]
    [InlineData("rowid, \"Id\"", "rowid, '00000000-0000-0000-0000-000000000001'")]
    public async Task Entry_ReplacedByAStatement_IsRefused(string columns, string values)
    {
        var entry = await AddAsync();
        await using var db = await Database.Contexts.CreateDbContextAsync();
        var statement = $"""
            INSERT OR REPLACE INTO "AuditEntries" ({columns}, "At", "ActorId", "Action", "TargetKind", "TargetId", "Outcome")
            SELECT {values}, "At", "ActorId", "Action", "TargetKind", "TargetId", 'Another' FROM "AuditEntries"
            """;

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync(statement));

        Assert.Contains("Entries of the audit log are never", refused.Message, StringComparison.Ordinal);
        Assert.Equivalent(entry, Assert.Single(await Database.AuditOfAsync(Guid.Parse(entry.TargetId))));
    }
}

public sealed class AuditLogPostgresTests(PostgresDatabase database) : AuditLogTests(database), IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task Log_Emptied_IsRefused()
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync("TRUNCATE \"AuditEntries\""));

        Assert.Contains("Entries of the audit log are never", refused.Message, StringComparison.Ordinal);
    }
}
