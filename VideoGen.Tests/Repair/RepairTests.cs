using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Media;
using VideoGen.Tests.Providers;
using VideoGen.Web.Accounts;
using VideoGen.Web.Repair;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Repair;

/// <summary>Base of tests of the repair: each begins with nothing in the database, the store and the spool.</summary>
[Trait("Req", "R-24")]
public abstract class RepairTests(TestDatabase database) : EngineTests(database)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await using var db = await Database.Contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.RepairFindings.ExecuteDeleteAsync();
        await db.RepairScans.ExecuteDeleteAsync();
        await db.RepairTurns.ExecuteUpdateAsync(set => set
            .SetProperty(turn => turn.Holder, (string?)null)
            .SetProperty(turn => turn.HeldUntil, (DateTimeOffset?)null)
            .SetProperty(turn => turn.StartedAt, (DateTimeOffset?)null)
            .SetProperty(turn => turn.EndedAt, (DateTimeOffset?)null));
        await transaction.CommitAsync();
        foreach (var file in new[] { Database.DataFolder.Videos, Database.DataFolder.Spool }
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)))
        {
            File.Delete(file);
        }
    }

    /// <summary>A process whose provider delivers a video that plays.</summary>
    private protected EngineHarness StartStudio(params ReadOnlySpan<(string Key, string Value)> settings)
    {
        Dictionary<string, string?> all = new(StringComparer.Ordinal);
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return Start(new TestVideoProvider(SampleVideo.Mp4Path), settings: all);
    }

    private protected static async Task RepairAsync(EngineHarness studio, CancellationToken cancellationToken = default) =>
        Assert.True(await studio.Get<RepairPass>().RunAsync(cancellationToken));

    /// <summary>A job that went all the way; its video is in the gallery and the store.</summary>
    private protected async Task<Video> AddVideoAsync(EngineHarness studio)
    {
        var job = await AddAsync(JobStatus.Saving);
        await studio.StepAsync(job.Id);
        await using var db = await Database.Contexts.CreateDbContextAsync();
        return await db.Videos.AsNoTracking().SingleAsync(video => video.JobId == job.Id);
    }

    private protected async Task<Guid> AddAdminAsync()
    {
        var person = await Database.AddPersonAsync();
        await using var db = await Database.Contexts.CreateDbContextAsync();
        var role = await db.Roles.SingleOrDefaultAsync(known => known.Name == Roles.Admin);
        if (role is null)
        {
            role = new IdentityRole<Guid>(Roles.Admin) { Id = Guid.NewGuid(), NormalizedName = Roles.Admin.ToUpperInvariant() };
            db.Roles.Add(role);
        }

        db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = person, RoleId = role.Id });
        await db.SaveChangesAsync();
        return person;
    }

    private protected async Task RemoveRowAsync(Video video)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Videos.Where(row => row.Id == video.Id).ExecuteDeleteAsync();
        await transaction.CommitAsync();
    }

    private protected async Task<List<Video>> VideosAsync()
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        return await db.Videos.AsNoTracking().ToListAsync();
    }

    private protected async Task<List<RepairFinding>> FindingsAsync()
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        return await db.RepairFindings.AsNoTracking().ToListAsync();
    }

    private protected async Task<List<(RepairKind Kind, string Subject)>> OpenAsync() =>
        [.. (await FindingsAsync()).Where(finding => finding.ClosedAt is null).Select(finding => (finding.Kind, finding.Subject)).Order()];

    private protected async Task<RepairScanState> StateAsync(RepairScanName scan)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        return await db.RepairScans.AsNoTracking().SingleAsync(state => state.Scan == scan);
    }

    private protected static string PathOf(EngineHarness studio, string key) => Path.Combine(studio.Get<Web.Data.DataFolder>().Videos, key);

    /// <summary>Puts a file into the store past it.</summary>
    private protected string Place(EngineHarness studio, string key, TimeSpan? age = null)
    {
        var path = PathOf(studio, key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, [1, 2, 3]);
        File.SetLastWriteTimeUtc(path, (Clock.Now - (age ?? TimeSpan.FromDays(30))).UtcDateTime);
        return path;
    }

    private protected static string KeyOf(GenerationJob job, int index = 0) => StoreKeys.Video(job.OwnerId, job.Id, index);
}
