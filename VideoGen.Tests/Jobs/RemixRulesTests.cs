using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Tests.Models;

namespace VideoGen.Tests.Jobs;

[Trait("Req", "R-06")]
public sealed class RemixRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);
    private static readonly VideoModel Model = ModelSamples.Model with { CanRemix = true };
    private static readonly GenerationJob Source = JobSamples.In(JobStatus.Completed);
    private static readonly GenerationRequest Good = RequestSamples.Request with { RemixOf = Source.Id, Variations = 2 };

    private static readonly Dictionary<string, (GenerationRequest Request, VideoModel Model, GenerationJob? Source, RequestField Field, string Says)> Bad = new(StringComparer.Ordinal)
    {
        ["model that cannot"] = (Good, ModelSamples.Model, Source, RequestField.Remix, "Model One cannot remix"),
        ["no such video"] = (Good, Model, null, RequestField.Remix, "no longer there"),
        ["video of another model"] = (Good with { ModelId = "model-2" }, Model with { Id = "model-2" }, Source, RequestField.Remix, "by the model that made"),
        ["video of another provider"] = (Good with { ProviderId = "other" }, Model with { ProviderId = "other" }, Source, RequestField.Remix, "by the model that made"),
        ["running job"] = (Good, Model, JobSamples.In(JobStatus.Saving), RequestField.Remix, "finished"),
        ["failed job"] = (Good, Model, JobSamples.In(JobStatus.Failed), RequestField.Remix, "finished"),
        ["another size"] = (Good with { Size = new VideoSize(720, 1280) }, Model, Source, RequestField.Size, "1280x720"),
        ["another length"] = (Good with { Duration = TimeSpan.FromSeconds(8) }, Model, Source, RequestField.Duration, "4 s"),
        ["another frame rate"] = (Good with { FrameRate = 24 }, Model, Source, RequestField.FrameRate, "frame rate"),
        ["reference image"] = (Good with { ReferenceImageKey = "key" }, Model, Source, RequestField.ReferenceImage, "no reference image"),
        ["seed"] = (Good with { Seed = 7 }, Model, Source, RequestField.Seed, "no seed"),
        ["too many"] = (Good with { Variations = 3 }, Model, Source, RequestField.Variations, "1 to 2"),
    };

    public static TheoryData<string> EveryBadRemix() => [.. Bad.Keys];

    [Fact]
    public void Check_GoodRemix_FindsNothing()
    {
        Assert.Empty(RequestRules.Check(Good, Model, Today, Source));
        Assert.True(RemixRules.Allow(Source, Model));
    }

    [Theory]
    [MemberData(nameof(EveryBadRemix))]
    public void Check_OneThingWrong_NamesThatFieldOnly(string name)
    {
        var (request, model, source, field, says) = Bad[name];

        var problem = Assert.Single(RequestRules.Check(request, model, Today, source));

        Assert.Equal(field, problem.Field);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        Assert.Equal(field is not RequestField.Remix, source is not null && RemixRules.Allow(source, model));
    }
}
