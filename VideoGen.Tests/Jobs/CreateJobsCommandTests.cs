using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Models;
using VideoGen.Tests.Providers;
using VideoGen.Web.Jobs;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Jobs;

public abstract class CreateJobsCommandTests(TestDatabase database) : EngineTests(database)
{
    [Fact]
    [Trait("Req", "R-01")]
    public async Task Execute_Variations_AreJobsOfOneBatch()
    {
        var result = await ExecuteAsync(Start(), RequestSamples.Request with { Variations = 2, Prompt = "  A fox in the snow " });

        Assert.True(result.Accepted);
        var jobs = await JobsAsync();
        Assert.Equal(result.JobIds, jobs.Select(job => job.Id));
        Assert.Equal([0, 1], jobs.Select(job => job.BatchIndex));
        Assert.Single(jobs.Select(job => job.BatchId).Distinct());
        Assert.All(jobs, job => Assert.Equal(
            (OwnerId, "test", "model-1", "A fox in the snow", JobStatus.Queued, Clock.Now),
            (job.OwnerId, job.ProviderId, job.ModelId, job.Prompt, job.Status, job.QueuedAt)));
        Assert.All(jobs, job => Assert.Equal((RequestSamples.Request.Size, RequestSamples.Request.Duration), (job.Size, job.Duration)));
    }

    [Fact]
    public async Task Execute_TwoRequests_AreTwoBatches()
    {
        var engine = Start();
        await ExecuteAsync(engine, RequestSamples.Request);
        await ExecuteAsync(engine, RequestSamples.Request);

        Assert.Equal(2, (await JobsAsync()).Select(job => job.BatchId).Distinct().Count());
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Execute_OneRequestAHundredTimesAtOnce_MakesItsJobsOnce()
    {
        var engine = Start();
        var request = RequestSamples.Request with { RequestKey = Guid.NewGuid(), Variations = 2 };

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => ExecuteAsync(engine, request))));

        var jobs = await JobsAsync();
        Assert.Equal(2, jobs.Count);
        Assert.All(results, result => Assert.Equal(jobs.Select(job => job.Id), result.JobIds));
        await Task.WhenAll(jobs.Select(job => engine.StepAsync(job.Id)));
        Assert.Equal(2, engine.Provider.Submitted.Count);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Execute_SameRequestAfterItsModelWasRetired_NamesItsJobs()
    {
        var request = RequestSamples.Request with { RequestKey = Guid.NewGuid() };
        var before = await ExecuteAsync(Start(), request);

        var after = await ExecuteAsync(Start(model: ModelSamples.Model with { Lifecycle = new(RetiredOn: DateOnly.FromDateTime(Clock.Now.UtcDateTime)) }), request);

        Assert.Equal(before.JobIds, after.JobIds);
    }

    [Fact]
    public async Task Execute_KeyOfAnotherRequest_IsRefusedAndMakesNothing()
    {
        var engine = Start();
        var request = RequestSamples.Request with { RequestKey = Guid.NewGuid(), Seed = 7 };
        await ExecuteAsync(engine, request);

        GenerationRequest[] others =
        [
            request with { ProviderId = "another" },
            request with { ModelId = "another" },
            request with { Prompt = "Another" },
            request with { OriginalPrompt = "Another" },
            request with { Size = ModelSamples.Model.Sizes[1] },
            request with { Duration = ModelSamples.Model.Durations[1] },
            request with { FrameRate = ModelSamples.Model.FrameRates[1] },
            request with { Seed = 8 },
            request with { ReferenceImageKey = StoreKeys.Reference(OwnerId, new string('a', 64), "png") },
            request with { RemixOf = Guid.NewGuid() },
            request with { Variations = 2 },
        ];
        foreach (var other in others)
        {
            var result = await ExecuteAsync(engine, other);

            Assert.Equal(RequestField.RequestKey, Assert.Single(result.Problems).Field);
        }

        Assert.Single(await JobsAsync());
    }

    [Fact]
    [Trait("Req", "R-72")]
    public async Task Execute_KeyOfSomebodyElse_TellsNothingOfTheirJobs()
    {
        var engine = Start();
        var request = RequestSamples.Request with { RequestKey = Guid.NewGuid() };
        await ExecuteAsync(engine, request);

        var result = await engine.Get<CreateJobsCommand>().ExecuteAsync(await Database.AddPersonAsync(), request, CancellationToken.None);

        Assert.Equal(RequestField.RequestKey, Assert.Single(result.Problems).Field);
        Assert.Empty(result.JobIds);
    }

    [Theory]
    [InlineData(7, 7, 8)]
    [InlineData(RequestRules.MaxSeed, RequestRules.MaxSeed, 0)]
    [Trait("Req", "R-01")]
    public async Task Execute_SeedGiven_FurtherVariationsCountOn(long seed, long first, long second)
    {
        await ExecuteAsync(Start(), RequestSamples.Request with { Variations = 2, Seed = seed });

        Assert.Equal([first, second], (await JobsAsync()).Select(job => job.Seed!.Value));
    }

    [Fact]
    public async Task Execute_NoSeedGiven_EachVariationGetsItsOwn()
    {
        await ExecuteAsync(Start(), RequestSamples.Request with { Variations = 2 });

        var seeds = (await JobsAsync()).Select(job => job.Seed).ToList();
        Assert.All(seeds, seed => Assert.InRange(seed!.Value, 0, RequestRules.MaxSeed));
        Assert.NotEqual(seeds[0], seeds[1]);
    }

    [Fact]
    public async Task Execute_ModelTakesNoSeed_KeepsNone()
    {
        await ExecuteAsync(Start(model: ModelSamples.Model with { TakesSeed = false }), RequestSamples.Request);

        Assert.Null(Assert.Single(await JobsAsync()).Seed);
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData(24, 24)]
    public async Task Execute_FrameRate_IsTheModelsFirstUnlessChosen(int? chosen, int kept)
    {
        await ExecuteAsync(Start(), RequestSamples.Request with { FrameRate = chosen });

        Assert.Equal(kept, Assert.Single(await JobsAsync()).FrameRate);
    }

    [Fact]
    [Trait("Req", "R-05")]
    public async Task Execute_PriceKnown_IsKeptWithEachJob()
    {
        await ExecuteAsync(Start(), RequestSamples.Request with { Variations = 2 });

        Assert.All(await JobsAsync(), job => Assert.Equal(0.40m, job.ExpectedCost));
    }

    [Fact]
    [Trait("Req", "R-05")]
    public async Task Execute_PriceUnknown_IsNotGuessed()
    {
        await ExecuteAsync(Start(model: ModelSamples.Model with { Price = ModelPrice.Unknown }), RequestSamples.Request);

        Assert.Null(Assert.Single(await JobsAsync()).ExpectedCost);
    }

    [Fact]
    [Trait("Req", "R-06")]
    public async Task Execute_SeveralThingsWrong_SaysAllAndCreatesNothing()
    {
        var engine = Start();
        using var pages = engine.Updates.Subscribe(OwnerId);

        var result = await ExecuteAsync(engine, RequestSamples.Request with { Prompt = " ", Variations = 3, Size = new VideoSize(1, 1) });

        Assert.False(result.Accepted);
        Assert.Empty(result.JobIds);
        Assert.Equal(
            [RequestField.Prompt, RequestField.Size, RequestField.Variations], result.Problems.Select(problem => problem.Field).Order());
        Assert.Empty(await JobsAsync());
        Assert.Empty(await engine.PlannedAsync());
    }

    [Theory]
    [InlineData("another", "model-1")]
    [InlineData("test", "unknown")]
    [InlineData(null, null)]
    [Trait("Req", "R-06")]
    public async Task Execute_ModelNotInTheCatalogue_IsAProblemOfTheModel(string? providerId, string? modelId)
    {
        var result = await ExecuteAsync(Start(), RequestSamples.Request with { ProviderId = providerId, ModelId = modelId });

        Assert.Equal(RequestField.Model, Assert.Single(result.Problems).Field);
    }

    [Fact]
    [Trait("Req", "R-06")]
    public async Task Execute_ProviderNotSetUp_IsAProblemOfTheModel()
    {
        var result = await ExecuteAsync(Start(new TestVideoProvider { Id = "another" }), RequestSamples.Request);

        Assert.Equal(RequestField.Model, Assert.Single(result.Problems).Field);
        Assert.Empty(await JobsAsync());
    }

    [Fact]
    [Trait("Req", "R-03")]
    public async Task Execute_ModelRetired_IsRefused()
    {
        var yesterday = DateOnly.FromDateTime(Clock.Now.UtcDateTime).AddDays(-1);
        var engine = Start(model: ModelSamples.Model with { Lifecycle = new ModelLifecycle(SunsetOn: yesterday, Substitute: "test/model-2") });

        var problem = Assert.Single((await ExecuteAsync(engine, RequestSamples.Request)).Problems);

        Assert.Equal(RequestField.Model, problem.Field);
        Assert.Contains("test/model-2", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Execute_ReferenceImageOfSomebodyElse_LooksLikeAMissingOne()
    {
        var foreign = StoreKeys.Reference(Guid.NewGuid(), new string('a', 64), "png");

        var result = await ExecuteAsync(Start(), RequestSamples.Request with { ReferenceImageKey = foreign });

        Assert.Equal(RequestField.ReferenceImage, Assert.Single(result.Problems).Field);
        Assert.Empty(await JobsAsync());
    }

    [Fact]
    [Trait("Req", "R-01")]
    public async Task Execute_OwnReferenceImage_GoesToTheProvider()
    {
        var engine = Start();
        using var folder = new TestFolder();
        var key = StoreKeys.Reference(OwnerId, new string('a', 64), "png");
        await engine.Store.PutAsync(key, folder.Write("image.png", "picture"u8), "image/png", CancellationToken.None);

        var result = await ExecuteAsync(engine, RequestSamples.Request with { ReferenceImageKey = key });
        await engine.StepAsync(result.JobIds[0]);

        var image = Assert.Single(engine.Provider.Submitted).ReferenceImage!;
        await using var content = await image.OpenAsync(CancellationToken.None);
        Assert.Equal(("image/png", 7), (image.MediaType, content.Length));
    }

    [Fact]
    [Trait("Req", "R-10")]
    public async Task Execute_Accepted_StartsEachAndTellsThePages()
    {
        var engine = Start();
        using var pages = engine.Updates.Subscribe(OwnerId);

        var result = await ExecuteAsync(engine, RequestSamples.Request with { Variations = 2 });

        Assert.Equal(result.JobIds.ToHashSet(), await engine.PlannedAsync());
        Assert.Equal(result.JobIds.Order(), (await engine.SummonedAsync()).Order());
        await foreach (var batch in pages.ReadBatchesAsync(TimeSpan.Zero, CancellationToken.None))
        {
            Assert.Equal(result.JobIds, batch.Select(change => change.JobId));
            break;
        }
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(" ", null)]
    [InlineData(" A fox in the snow ", null)]
    [InlineData(" A red fox that runs in the deep snow ", "A red fox that runs in the deep snow")]
    [Trait("Req", "R-04")]
    public async Task Execute_RefinedPrompt_KeepsTheOriginalOnlyIfItDiffers(string? original, string? kept)
    {
        var engine = Start();

        var result = await ExecuteAsync(engine, RequestSamples.Request with { OriginalPrompt = original, Variations = 2 });
        await engine.StepAsync(result.JobIds[0]);

        Assert.All(await JobsAsync(), job => Assert.Equal(("A fox in the snow", kept), (job.Prompt, job.OriginalPrompt)));
        Assert.Equal("A fox in the snow", Assert.Single(engine.Provider.Submitted).Prompt);
    }

    // No theory: an attribute cannot hold half a character.
    [Fact]
    [Trait("Req", "R-04")]
    public async Task Execute_OriginalThatCannotBeKept_IsRefused()
    {
        var engine = Start();

        foreach (var original in (string[])["a\0b", "\ud83e", new string('x', RequestRules.MaxPromptLength + 1)])
        {
            var result = await ExecuteAsync(engine, RequestSamples.Request with { OriginalPrompt = original });
            Assert.Equal(RequestField.Prompt, Assert.Single(result.Problems).Field);
        }

        Assert.Empty(await JobsAsync());
    }

    private Task<CreateJobsResult> ExecuteAsync(EngineHarness engine, GenerationRequest request) =>
        engine.Get<CreateJobsCommand>().ExecuteAsync(OwnerId, request, CancellationToken.None);

    private async Task<List<GenerationJob>> JobsAsync()
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        return await db.Jobs.OrderBy(job => job.BatchIndex).ToListAsync();
    }
}

public sealed class CreateJobsCommandSqliteTests(SqliteDatabase database) : CreateJobsCommandTests(database), IClassFixture<SqliteDatabase>;

public sealed class CreateJobsCommandPostgresTests(PostgresDatabase database) : CreateJobsCommandTests(database), IClassFixture<PostgresDatabase>;
