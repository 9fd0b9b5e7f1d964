using System.ComponentModel.DataAnnotations;

namespace VideoGen.Web.Data;

/// <summary>Where this installation keeps what it must not lose. Section "Data".</summary>
public sealed class DataOptions
{
    public const string SectionName = "Data";

    /// <summary>
    /// Folder for the SQLite file, the videos of the local store, the spool and the keys that protect cookies. Relative to
    /// the working folder; made at start.
    /// </summary>
    [Required]
    public string RootPath { get; set; } = "data";

    /// <summary>
    /// PostgreSQL connection string; empty (the default) keeps the database in a SQLite file in <see cref="RootPath"/>.
    /// </summary>
    public string? PostgresConnectionString { get; set; }
}
