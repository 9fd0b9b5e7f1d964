using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Models;
using VideoGen.Tests.Providers;
using VideoGen.Web.Components.Pages.Admin;
using VideoGen.Web.Models;
using VideoGen.Web.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Components.Pages;

public sealed class ModelsPageTests(SqliteDatabase database) : EngineTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly VideoModel Retired = ModelSamples.Model with
    {
        Lifecycle = new(RetiredOn: new DateOnly(2029, 9, 24), Substitute: "test/model-2"),
    };

    private static readonly VideoModel WithoutKey = ModelSamples.Model with { ProviderId = "acme", ProviderName = "Acme" };

    private readonly TestVideoProvider _provider = new();

    [Fact]
    [Trait("Req", "R-02")]
    public async Task Provider_WithoutKey_NamesTheSettingAsKeyAndAsVariable()
    {
        await using var page = OpenAs(WithoutKey);

        var models = page.Browser.Render<ModelsPage>();

        await models.WaitForAssertionAsync(() => Assert.Contains("No key set up", models.Find(".panel header").TextContent, StringComparison.Ordinal));
        Assert.Equal(new[] { "Providers:Acme:ApiKey", "Providers__Acme__ApiKey" }, models.FindAll(".panel header code").Select(code => code.TextContent), StringComparer.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-03")]
    public async Task Model_RetiredWithAWaitingJob_SaysWhatUsesItAndNamesTheSubstitute()
    {
        await AddAsync(JobStatus.Queued);
        await using var page = OpenAs(Retired, ModelSamples.Model with { Id = "model-2", Name = "Model Two" });

        var models = page.Browser.Render<ModelsPage>();

        await models.WaitForAssertionAsync(() => Assert.Contains("1 unfinished job uses a model that is retired.", models.Find(".note").TextContent, StringComparison.Ordinal));
        var row = models.FindAll("tbody tr")[0].TextContent;
        Assert.Contains("Retired 24 Sep 2029", row, StringComparison.Ordinal);
        Assert.Contains("use Model Two", row, StringComparison.Ordinal);
        Assert.Contains("1 job unfinished", row, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-03")]
    public async Task Model_GoingAway_SaysWhen()
    {
        await using var page = OpenAs(ModelSamples.Model with { Lifecycle = new(SunsetOn: new DateOnly(2031, 1, 31)) });

        var models = page.Browser.Render<ModelsPage>();

        await models.WaitForAssertionAsync(() => Assert.Equal("Goes away 31 Jan 2031", models.Find("tbody .tag.warn").TextContent));
        Assert.Contains("Set up", models.Find(".panel header .st").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FailureKind.Credentials, "Does not accept the key; its jobs wait until that is mended")]
    [InlineData(FailureKind.Quota, "No credit or allowance left; new jobs wait until there is")]
    [InlineData(FailureKind.RateLimited, "Asked us to slow down; asked again in a moment")]
    [Trait("Req", "R-14")]
    public async Task Provider_ThatKeepsItsJobsWaiting_SaysWhy(FailureKind trouble, string words)
    {
        await using var page = OpenAs(ModelSamples.Model);
        _provider.OnSubmit = (_, _) => throw new VideoProviderException(trouble, "No.") { IsTransient = trouble is FailureKind.RateLimited };
        var request = new VideoRequest { SubmitKey = "key", ModelId = "model-1", Prompt = "A fox", Size = new(1280, 720), Duration = TimeSpan.FromSeconds(4) };
        await Assert.ThrowsAsync<VideoProviderException>(() => page.Browser.Services.GetRequiredService<VideoProviders>().Find("test")!.SubmitAsync(request, CancellationToken.None));

        var models = page.Browser.Render<ModelsPage>();

        await models.WaitForAssertionAsync(() => Assert.Equal(words, models.Find(".panel header .st").TextContent));
    }

    private PageHarness OpenAs(params IReadOnlyList<VideoModel> models)
    {
        var engine = Start();
        return new PageHarness(engine, OwnerId, admin: true, others: services =>
        {
            services.AddSingleton(new ModelCatalogue(models));
            services.AddSingleton(new ModelUsageQuery(engine.Contexts, Clock));
            services.AddSingleton(new VideoProviders(
                [_provider], [new MissingKey("acme", "Providers:Acme:ApiKey")], Options.Create(new BreakerOptions()), Clock, NullLoggerFactory.Instance));
        });
    }
}
