using System.Text;
using VideoGen.Domain.Models;
using VideoGen.Web.Models;

namespace VideoGen.Tests.Models;

public sealed class CatalogueFileTests : IDisposable
{
    private const string Whole = """
        { "models": [ { "provider": "p", "providerName": "P", "id": "m", "name": "M", "description": "Makes it.",
          "lifecycle": { "sunsetOn": "2030-02-01", "substitute": "p/n" }, "sizes": ["1280x720", "720x1280"], "durations": [4, 7.5],
          "defaultDuration": 7.5, "frameRates": [24], "maxPromptLength": 990, "maxVariations": 2, "referenceImage": true, "seed": true, "remix": true,
          "price": { "perSecond": 0.05 }, "usualTime": { "min": 30, "max": 90 }, "stuckAfter": 600, "resultExpiresAfter": 3600 } ] }
        """;

    private const string WithInput = """
        { "models": [ { "provider": "fal", "providerName": "P", "id": "m", "imageId": "m/image", "name": "M", "sizes": ["2x2"], "durations": [4],
          "referenceImage": true, "usualTime": { "min": 1, "max": 2 }, "input": { "text": "{prompt}", "image_url": "{image}", "loop": true } } ] }
        """;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_ShippedFile_Loads()
    {
        var catalogue = CatalogueFile.Read(Path.Combine(AppContext.BaseDirectory, new CatalogueOptions().Path));

        Assert.NotNull(catalogue.Models);
    }

    [Fact]
    public void Read_EverythingGiven_IsTakenOver()
    {
        var model = Assert.Single(Read(Whole).Models);

        Assert.Equal(("p", "P", "m", "M", "Makes it."), (model.ProviderId, model.ProviderName, model.Id, model.Name, model.Description));
        Assert.Equal(new ModelLifecycle(SunsetOn: new DateOnly(2030, 2, 1), Substitute: "p/n"), model.Lifecycle);
        Assert.Equal([new VideoSize(1280, 720), new VideoSize(720, 1280)], model.Sizes);
        Assert.Equal([TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(7.5)], model.Durations);
        Assert.Equal((TimeSpan.FromSeconds(7.5), 990, 2), (model.DefaultDuration, model.MaxPromptLength, model.MaxVariations));
        Assert.Equal([24], model.FrameRates);
        Assert.True(model.TakesReferenceImage && model.TakesSeed && model.CanRemix);
        Assert.Equal(new ModelPrice(PerSecond: 0.05m), model.Price);
        Assert.Equal(new UsualTime(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90)), model.UsualTime);
        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)), (model.StuckAfter, model.ResultExpiresAfter));
    }

    [Fact]
    [Trait("Req", "R-15")]
    public void Read_OnlyWhatIsNeeded_FillsInTheRest()
    {
        var model = Assert.Single(Read(
            """
            // Comments are welcome.
            { "models": [ { "provider": "p", "providerName": "P", "id": "m", "name": "M", "sizes": ["2x2"], "durations": [4, 8], "usualTime": { "min": 1, "max": 2 } } ] }
            """).Models);

        Assert.Equal((TimeSpan.FromSeconds(4), null, 4), (model.DefaultDuration, model.MaxPromptLength, model.MaxVariations));
        Assert.Equal((ModelLifecycle.Active, ModelPrice.Unknown), (model.Lifecycle, model.Price));
        Assert.Equal((TimeSpan.FromMinutes(15), TimeSpan.FromHours(24)), (model.StuckAfter, model.ResultExpiresAfter));
        Assert.False(model.TakesReferenceImage || model.TakesSeed || model.CanRemix);
    }

    [Fact]
    [Trait("Req", "R-02")]
    public void Read_Input_IsTakenOverWithTheIdForImages()
    {
        var model = Assert.Single(Read(WithInput).Models);

        Assert.Equal("m/image", model.ImageId);
        Assert.True(model.Input!.HasAny(ModelInput.Image));
    }

    [Theory]
    [InlineData("{prompt}", "{promt}", "fal/m has the unknown placeholder {promt}")]
    [InlineData("\"fal\"", "\"other\"", "other/m has an input")]
    [InlineData("{ \"text\"", "[ \"text\"", "input")]
    [Trait("Req", "R-72")]
    public void Read_MistakeInAnInput_IsNamed(string right, string wrong, string named)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Read(WithInput.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"seed\"", "\"seeds\"", "seeds")]
    [InlineData("\"sizes\": [\"1280x720\", \"720x1280\"], ", "", "sizes")]
    [InlineData("\"sizes\": [\"1280x720\", \"720x1280\"]", "\"sizes\": null", "sizes")]
    [InlineData("\"usualTime\": { \"min\": 30, \"max\": 90 }, ", "", "usualTime")]
    [InlineData("1280x720", "1280*720", "1280*720")]
    [InlineData("[4, 7.5]", "[4]", "default duration")]
    [InlineData("[4, 7.5]", "[4, 1e300]", "TimeSpan")]
    [InlineData("2030-02-01", "soon", "sunsetOn")]
    [InlineData("\"models\"", "\"model\"", "model")]
    [InlineData("{ \"models\"", "\"models\"", "LineNumber: 0")]
    [Trait("Req", "R-72")]
    public void Read_Mistake_IsNamedWithTheFile(string right, string wrong, string named)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Read(Whole.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(_folder.PathOf("models.json"), error.Message, StringComparison.Ordinal);
        Assert.Contains("Catalogue:Path", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    public void Read_NoModelsAtAll_IsAMistake(string content) => Assert.Throws<InvalidOperationException>(() => Read(content));

    [Fact]
    public void Read_NoSuchFile_IsNamed()
    {
        var error = Assert.Throws<InvalidOperationException>(() => CatalogueFile.Read(_folder.PathOf("nowhere.json")));

        Assert.Contains(_folder.PathOf("nowhere.json"), error.Message, StringComparison.Ordinal);
    }

    private ModelCatalogue Read(string content) => CatalogueFile.Read(_folder.Write("models.json", Encoding.UTF8.GetBytes(content)));
}
