using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Web.Data;

namespace VideoGen.Tests.Crash;

/// <summary>Kills a process while it commits, over and over on one database file, and looks for every commit that it had noted.</summary>
[Collection(LoadCollection.Name)]
[Trait("Category", "Crash")]
[Trait("Req", "R-24")]
public sealed class SqliteKillTests(ITestOutputHelper output)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Database_WriterKilledWhileItCommits_IsWholeAndHasEveryAcknowledgedMove()
    {
        var random = new Random(CrashSettings.Seed);
        using var folder = new TestFolder();
        for (var round = 0; round < CrashSettings.DatabaseRounds; round++)
        {
            await KillAWriterAsync(folder.Root, random);
        }

        var (integrity, moves, lost) = await VerifyAsync(folder.Root);
        CrashSettings.Report(output, string.Create(
            CultureInfo.InvariantCulture,
            $"database_rounds={CrashSettings.DatabaseRounds} integrity_check={integrity} acknowledged={moves} lost={lost} seed={CrashSettings.Seed}"));
        Assert.Equal(("ok", 0), (integrity, lost));
        Assert.True(moves > 0, "Nothing was written.");
    }

    private static async Task KillAWriterAsync(string folder, Random random)
    {
        var before = LengthOfNotes(folder);
        using var writer = Start(folder);
        try
        {
            await Eventually.HoldsAsync(() => LengthOfNotes(folder) > before || writer.HasExited, StartLimit);
            Assert.False(writer.HasExited, "The writer ended by itself.");
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(500)));
        }
        finally
        {
            writer.Kill();
            await writer.WaitForExitAsync();
        }

        var (integrity, _, lost) = await VerifyAsync(folder);
        Assert.Equal(("ok", 0), (integrity, lost));
    }

    // The tests are a program, too: this runs one of them alone, in a process that can be killed.
    private static Process Start(string folder)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(SqliteWriter).Assembly.Location);
        start.ArgumentList.Add("-explicit");
        start.ArgumentList.Add("only");
        start.ArgumentList.Add("-method");
        start.ArgumentList.Add($"{typeof(SqliteWriter).FullName}.{nameof(SqliteWriter.Write)}");
        start.Environment[SqliteWriter.FolderVariable] = folder;
        var process = Process.Start(start) ?? throw new InvalidOperationException("A new process was expected.");
        process.BeginOutputReadLine();
        return process;
    }

    private static long LengthOfNotes(string folder) => new FileInfo(SqliteWriter.NotesOf(folder)) is { Exists: true, Length: var length } ? length : 0;

    private static async Task<(string Integrity, int Moves, int Lost)> VerifyAsync(string folder)
    {
        await using var app = TestDatabase.Build(SqliteWriter.SettingsOf(folder));
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var integrity = await db.Database.SqlQueryRaw<string>("PRAGMA integrity_check").ToListAsync();
        var kept = (await db.Set<JobEvent>().Select(entry => new { entry.JobId, entry.To }).ToListAsync()).Select(entry => (entry.JobId, entry.To)).ToHashSet();

        // The last line of a round may be torn; then it was not noted.
        var noted = (await File.ReadAllTextAsync(SqliteWriter.NotesOf(folder))).Split('\n')[..^1].Select(line => line.Split(' ')).ToList();
        var lost = noted.Count(line => !kept.Contains((Guid.Parse(line[0]), Enum.Parse<JobStatus>(line[1]))));
        return (string.Join("; ", integrity), noted.Count, lost);
    }
}
