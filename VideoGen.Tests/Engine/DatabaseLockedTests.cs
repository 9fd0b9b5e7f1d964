using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;

namespace VideoGen.Tests.Engine;

/// <summary>Somebody else holds the file of the database, which only SQLite knows.</summary>
[Trait("Req", "R-16")]
public sealed class DatabaseLockedTests(SqliteDatabase database) : EngineTests(database), IClassFixture<SqliteDatabase>
{
    // The answer is what was paid for: it is written down as soon as the database takes anything again (F41).
    [Fact]
    public async Task Run_DatabaseLockedWhenTheAnswerComes_AnswerIsKeptAllTheSame()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);
        await using var other = new SqliteConnection($"Data Source={Database.DataFolder.DatabaseFile};Pooling=False");
        await other.OpenAsync();
        var log = new AnnouncedErrors();
        engine.Get<ILoggerFactory>().AddProvider(log);
        engine.Provider.OnSubmit = async (_, cancellationToken) =>
        {
            await using var begin = other.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE";
            await begin.ExecuteNonQueryAsync(cancellationToken);
            return "theirs";
        };

        var step = engine.StepAsync(job.Id);
        await log.SaidAsync("The answer to submission", times: 1);
        await other.CloseAsync();
        await Eventually.HoldsAsync(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return step.IsCompleted;
        }, describe: () => string.Join('\n', log.Said));
        await step;

        Clock.Advance(TimeSpan.FromMinutes(2));
        await engine.StepAsync(job.Id);
        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Generating, "theirs"), (stored.Status, stored.ProviderJobId));
        Assert.Single(engine.Provider.Submitted);
    }
}
