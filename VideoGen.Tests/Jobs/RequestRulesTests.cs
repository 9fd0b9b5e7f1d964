using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Tests.Models;

namespace VideoGen.Tests.Jobs;

[Trait("Req", "R-06")]
public sealed class RequestRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    private static readonly GenerationRequest Good = new()
    {
        ProviderId = "test",
        ModelId = "model-1",
        Prompt = "A fox in the snow",
        Size = new VideoSize(1280, 720),
        Duration = TimeSpan.FromSeconds(4),
        FrameRate = 24,
        Variations = 2,
        Seed = 7,
        ReferenceImageKey = "key",
    };

    private static readonly VideoModel Plain = ModelSamples.Model with { TakesSeed = false, TakesReferenceImage = false };

    private static readonly Dictionary<string, (GenerationRequest Request, VideoModel? Model, RequestField Field, string Says)> BadRequests = new(StringComparer.Ordinal)
    {
        ["unknown model"] = (Good, null, RequestField.Model, "not available"),
        ["retired model"] = (Good, ModelSamples.Model with { Lifecycle = new(RetiredOn: Today, Substitute: "test/model-2") }, RequestField.Model, "test/model-2"),
        ["no prompt"] = (Good with { Prompt = " \n" }, ModelSamples.Model, RequestField.Prompt, "Write a prompt"),
        ["long prompt"] = (Good with { Prompt = new string('x', 23) }, ModelSamples.Model, RequestField.Prompt, "by 3"),
        ["very long prompt"] = (Good with { Prompt = new string('x', 10_001) }, ModelSamples.Model with { MaxPromptLength = null }, RequestField.Prompt, "by 1"),
        ["NUL in the prompt"] = (Good with { Prompt = "A fox\0" }, ModelSamples.Model, RequestField.Prompt, "broken character"),
        ["half a character"] = (Good with { Prompt = "A fox \ud83e" }, ModelSamples.Model, RequestField.Prompt, "broken character"),
        ["size not offered"] = (Good with { Size = new(640, 480) }, ModelSamples.Model, RequestField.Size, "1280x720, 720x1280"),
        ["duration not offered"] = (Good with { Duration = TimeSpan.FromSeconds(5) }, ModelSamples.Model, RequestField.Duration, "4, 8 s"),
        ["frame rate not offered"] = (Good with { FrameRate = 60 }, ModelSamples.Model, RequestField.FrameRate, "60"),
        ["no video"] = (Good with { Variations = 0 }, ModelSamples.Model, RequestField.Variations, "1 to 2"),
        ["too many videos"] = (Good with { Variations = 3 }, ModelSamples.Model, RequestField.Variations, "1 to 2"),
        ["negative seed"] = (Good with { Seed = -1 }, ModelSamples.Model, RequestField.Seed, "whole number"),
        ["huge seed"] = (Good with { Seed = 4_294_967_296 }, ModelSamples.Model, RequestField.Seed, "4294967295"),
        ["seed where none is taken"] = (Good with { ReferenceImageKey = null }, Plain, RequestField.Seed, "no seed"),
        ["image where none is taken"] = (Good with { Seed = null }, Plain, RequestField.ReferenceImage, "no reference image"),
    };

    public static TheoryData<string> EveryBadRequest() => [.. BadRequests.Keys];

    [Fact]
    public void Check_GoodRequest_FindsNothing()
    {
        Assert.Empty(RequestRules.Check(Good, ModelSamples.Model, Today));
    }

    [Theory]
    [MemberData(nameof(EveryBadRequest))]
    public void Check_OneBadField_NamesThatFieldOnly(string name)
    {
        var (request, model, field, says) = BadRequests[name];

        var problem = Assert.Single(RequestRules.Check(request, model, Today));

        Assert.Equal(field, problem.Field);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_EverythingWrong_SaysSoAtOnce()
    {
        var request = new GenerationRequest { Prompt = "", FrameRate = 1, Variations = 0, Seed = -1, ReferenceImageKey = "key", RemixOf = Guid.NewGuid() };
        var model = ModelSamples.Model with { Lifecycle = new(RetiredOn: Today), TakesReferenceImage = false };

        var fields = RequestRules.Check(request, model, Today).Select(problem => problem.Field);

        // A key is wrong only beside an earlier request.
        Assert.Equal(Enum.GetValues<RequestField>().Except([RequestField.RequestKey]).Order(), fields.Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(RequestRules.MaxSeed)]
    public void Check_SeedAtItsLimits_IsTaken(long seed)
    {
        Assert.Empty(RequestRules.Check(Good with { Seed = seed }, ModelSamples.Model, Today));
    }

    [Fact]
    public void Check_EmojiAtTheLimit_CountAsPeopleCount()
    {
        var prompt = string.Concat(Enumerable.Repeat("👩‍🚀", 20));

        Assert.Empty(RequestRules.Check(Good with { Prompt = prompt }, ModelSamples.Model, Today));
    }
}
