using Npgsql;

namespace VideoGen.Tests.Data;

/// <summary>A database of the class's own on the private PostgreSQL server that <c>./test</c> starts.</summary>
public sealed class PostgresDatabase : TestDatabase
{
    private const string Variable = "VIDEOGEN_TEST_POSTGRES";

    private readonly string? _server = Environment.GetEnvironmentVariable(Variable);
    private readonly string _name = $"test_{Guid.NewGuid():N}";

    public override string? Missing =>
        string.IsNullOrEmpty(_server) ? $"{Variable} names no PostgreSQL server; ./test starts one." : null;

    protected override string? PostgresConnectionString =>
        new NpgsqlConnectionStringBuilder(_server) { Database = _name, Pooling = true, IncludeErrorDetail = true }.ConnectionString;

    protected override Task CreateAsync() => ExecuteAsync($"CREATE DATABASE {_name}");

    protected override async Task DropAsync()
    {
        await using (var connection = new NpgsqlConnection(PostgresConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await ExecuteAsync($"DROP DATABASE {_name} WITH (FORCE)");
    }

    private async Task ExecuteAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }
}
