namespace VideoGen.Tests.Data;

/// <summary>A SQLite file in a folder of the class's own.</summary>
public sealed class SqliteDatabase : TestDatabase;
