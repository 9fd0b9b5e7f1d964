using Microsoft.EntityFrameworkCore;
using Quartz;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Web.Accounts;
using VideoGen.Web.Repair;

namespace VideoGen.Tests.Repair;

public abstract class StartRepairCommandTests(TestDatabase database) : RepairTests(database)
{
    [Fact]
    public async Task Execute_ByAnAdministrator_HasThePassFiredNow()
    {
        var studio = StartStudio();
        var admin = await AddAdminAsync();
        var before = await FiringsAsync(studio);

        Assert.Equal(StartRepairResult.Started, await studio.Get<StartRepairCommand>().ExecuteAsync(admin, CancellationToken.None));

        Assert.Equal(before + 1, await FiringsAsync(studio));
        Assert.Equal("done", await OutcomeOfAsync(admin));
    }

    [Fact]
    public async Task Execute_WhileOneRuns_IsRefusedWithoutAnother()
    {
        var studio = StartStudio();
        var admin = await AddAdminAsync();
        var before = await FiringsAsync(studio);
        Assert.True(await studio.Get<RepairTurns>().TryTakeAsync(CancellationToken.None));

        Assert.Equal(StartRepairResult.AlreadyRunning, await studio.Get<StartRepairCommand>().ExecuteAsync(admin, CancellationToken.None));

        Assert.Equal(before, await FiringsAsync(studio));
        Assert.Equal("refused: a pass runs already", await OutcomeOfAsync(admin));
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Execute_ByAnybodyElse_IsRefused()
    {
        var studio = StartStudio();
        var before = await FiringsAsync(studio);

        Assert.Equal(StartRepairResult.NotAllowed, await studio.Get<StartRepairCommand>().ExecuteAsync(OwnerId, CancellationToken.None));

        Assert.Equal(before, await FiringsAsync(studio));
        Assert.Equal("refused: not an administrator", await OutcomeOfAsync(OwnerId));
    }

    // Their page may have been open since before.
    [Fact]
    [Trait("Req", "R-50")]
    public async Task Execute_ByABlockedAdministrator_IsRefused()
    {
        var studio = StartStudio();
        var admin = await AddAdminAsync();
        await using (var db = await Database.Contexts.CreateDbContextAsync())
        {
            (await db.Users.SingleAsync(person => person.Id == admin)).LockoutEnd = SignInBlock.Forever;
            await db.SaveChangesAsync();
        }

        Assert.Equal(StartRepairResult.NotAllowed, await studio.Get<StartRepairCommand>().ExecuteAsync(admin, CancellationToken.None));

        Assert.Equal("refused: not an administrator", await OutcomeOfAsync(admin));
    }

    [Fact]
    public async Task Scheduler_ByItself_FiresAfterTheStartAndDaily()
    {
        var scheduler = await StartStudio().Get<ISchedulerFactory>().GetScheduler();

        var trigger = Assert.IsAssignableFrom<ISimpleTrigger>(Assert.Single(await scheduler.GetTriggersOfJob(RepairJob.Key)));

        Assert.Equal(TimeSpan.FromDays(1), trigger.RepeatInterval);
        Assert.Equal(Clock.Now + TimeSpan.FromMinutes(1), trigger.StartTimeUtc);
    }

    private async Task<string> OutcomeOfAsync(Guid actor)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        var entry = await db.AuditEntries.AsNoTracking().SingleAsync(line => line.ActorId == actor);
        Assert.Equal(
            (Clock.Now, "repair.start", "repair", "pass", null), (entry.At, entry.Action, entry.TargetKind, entry.TargetId, entry.Reason));
        return entry.Outcome;
    }

    private static async Task<int> FiringsAsync(EngineHarness studio)
    {
        var scheduler = await studio.Get<ISchedulerFactory>().GetScheduler();
        return (await scheduler.GetTriggersOfJob(RepairJob.Key)).Count;
    }
}

public sealed class StartRepairCommandSqliteTests(SqliteDatabase database) : StartRepairCommandTests(database), IClassFixture<SqliteDatabase>;

public sealed class StartRepairCommandPostgresTests(PostgresDatabase database) : StartRepairCommandTests(database), IClassFixture<PostgresDatabase>;
