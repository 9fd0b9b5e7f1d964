using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Accounts;
using VideoGen.Web.Audit;
using VideoGen.Web.Data;

namespace VideoGen.Tests.Data;

/// <summary>
/// A database of its own for one test class, empty but migrated, reached through the registrations of the application
/// (<see cref="DatabaseSetup"/>), so that pragmas, the write gate and the folder lock are the real ones.
/// </summary>
public abstract class TestDatabase : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private WebApplication? _app;

    /// <summary>Why this engine cannot be tested here; <see langword="null"/> when it can.</summary>
    public virtual string? Missing => null;

    public string DataRoot => _folder.Root;

    public IServiceProvider Services => App.Services;

    public IDbContextFactory<AppDbContext> Contexts => Services.GetRequiredService<IDbContextFactory<AppDbContext>>();

    internal DataFolder DataFolder => Services.GetRequiredService<DataFolder>();

    private WebApplication App => _app ?? throw new InvalidOperationException("The database has not been made.");

    /// <summary>The configuration that leads an application to this database; for tests that start a whole one.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Data:RootPath"] = DataRoot,
        ["Data:PostgresConnectionString"] = PostgresConnectionString,
    };

    protected virtual string? PostgresConnectionString => null;

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        await CreateAsync();
        _app = Build(Settings);
        await _app.MigrateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
            await DropAsync();
        }

        _folder.Dispose();
    }

    /// <summary>Someone to own jobs.</summary>
    public async Task<Guid> AddPersonAsync()
    {
        var person = new Person { DisplayName = "Test person", CreatedAt = TestClock.Start };
        person.UserName = person.Email = $"{person.Id}@example.org";
        person.NormalizedUserName = person.NormalizedEmail = person.UserName.ToUpperInvariant();
        await using var db = await Contexts.CreateDbContextAsync();
        db.Users.Add(person);
        await db.SaveChangesAsync();
        return person.Id;
    }

    /// <summary>Someone who may act on everybody's jobs.</summary>
    public async Task<Guid> AddAdminAsync()
    {
        var personId = await AddPersonAsync();
        await using var db = await Contexts.CreateDbContextAsync();
        var role = await db.Roles.SingleOrDefaultAsync(entry => entry.Name == Roles.Admin)
            ?? db.Roles.Add(new IdentityRole<Guid>(Roles.Admin) { Id = Guid.CreateVersion7(), NormalizedName = Roles.Admin.ToUpperInvariant() }).Entity;
        db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = personId, RoleId = role.Id });
        await db.SaveChangesAsync();
        return personId;
    }

    /// <summary>What the audit log says of a job, oldest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> AuditOfAsync(Guid jobId)
    {
        var target = jobId.ToString();
        await using var db = await Contexts.CreateDbContextAsync();
        return await db.AuditEntries.AsNoTracking().Where(entry => entry.TargetId == target).OrderBy(entry => entry.At).ToListAsync();
    }

    /// <summary>Stores a job and gives it back.</summary>
    public async Task<GenerationJob> AddAsync(GenerationJob job)
    {
        await using var db = await Contexts.CreateDbContextAsync();
        db.Jobs.Add(job);
        await db.SaveChangesAsync();
        return job;
    }

    /// <summary>The job as it is stored now, with its history and submissions.</summary>
    public async Task<GenerationJob> ReadAsync(Guid jobId)
    {
        await using var db = await Contexts.CreateDbContextAsync();
        return await db.Jobs.AsNoTracking().Include(job => job.Events).Include(job => job.Attempts).SingleAsync(job => job.Id == jobId);
    }

    internal static WebApplication Build(IReadOnlyDictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "VideoGen.Web" });
        builder.WebHost.UseKestrelCore();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddLogging();
        builder.AddDatabase();
        return builder.Build();
    }

    protected virtual Task CreateAsync() => Task.CompletedTask;

    protected virtual Task DropAsync() => Task.CompletedTask;
}
