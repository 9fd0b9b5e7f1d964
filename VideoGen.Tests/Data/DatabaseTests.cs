namespace VideoGen.Tests.Data;

/// <summary>
/// Base of tests that hold on both engines: an abstract class with the tests, and one empty class for each engine that
/// takes <see cref="SqliteDatabase"/> or <see cref="PostgresDatabase"/> as its class fixture.
/// </summary>
public abstract class DatabaseTests : IAsyncLifetime
{
    protected DatabaseTests(TestDatabase database)
    {
        Database = database;
    }

    protected TestDatabase Database { get; }

    protected Guid OwnerId { get; private set; }

    public virtual async ValueTask InitializeAsync()
    {
        if (Database.Missing is { } reason)
        {
            Assert.Skip(reason);
        }

        // A writer that an earlier test left inside the gate must not hang the whole run.
        OwnerId = await Database.AddPersonAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
