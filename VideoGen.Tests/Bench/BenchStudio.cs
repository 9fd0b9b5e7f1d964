using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Tests.App;
using VideoGen.Tests.Providers;
using VideoGen.Web.Data;

namespace VideoGen.Tests.Bench;

/// <summary>The whole application with one person and a provider that a benchmark scripts.</summary>
internal sealed class BenchStudio : IAsyncDisposable
{
    public const string Email = "bench@example.org";
    public const string Password = "violet tugboat 41 lantern";

    private const string Catalogue = """
        { "models": [ { "provider": "test", "providerName": "Test", "id": "model", "name": "Model", "sizes": ["320x180"], "durations": [2],
          "price": { "perVideo": 0 }, "usualTime": { "min": 1, "max": 10 } } ] }
        """;

    private readonly TestFolder _folder;

    private BenchStudio(TestFolder folder, StudioServer server, Guid personId)
    {
        _folder = folder;
        Server = server;
        PersonId = personId;
    }

    public StudioServer Server { get; }

    public Guid PersonId { get; }

    public IDbContextFactory<AppDbContext> Contexts => Server.Services.GetRequiredService<IDbContextFactory<AppDbContext>>();

    public static async Task<BenchStudio> StartAsync(TestVideoProvider provider)
    {
        var folder = new TestFolder();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Catalogue:Path"] = folder.Write("models.json", Encoding.UTF8.GetBytes(Catalogue)),
            ["Engine:PollInterval"] = "00:00:00.5",
        };
        var server = await StudioServer.StartAsync(settings, services => services.AddSingleton<IVideoProvider>(provider), folder);
        var personId = await server.AddPersonAsync("Bench", Email, Password, isAdmin: true);
        return new BenchStudio(folder, server, personId);
    }

    /// <summary>Adds a waiting job; the engine finds it by itself.</summary>
    public async Task<Guid> AddJobAsync()
    {
        var job = new GenerationJob(
            new JobOrder
            {
                OwnerId = PersonId,
                BatchId = Guid.NewGuid(),
                BatchIndex = 0,
                ProviderId = "test",
                ModelId = "model",
                Prompt = "A benchmark",
                Size = new VideoSize(320, 180),
                Duration = TimeSpan.FromSeconds(2),
                ExpectedCost = 0,
            },
            TimeProvider.System.GetUtcNow());
        await using var db = await Contexts.CreateDbContextAsync();
        db.Jobs.Add(job);
        await db.SaveChangesAsync();
        return job.Id;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
