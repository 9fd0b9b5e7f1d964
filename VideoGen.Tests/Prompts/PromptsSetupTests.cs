using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Prompts;
using VideoGen.Web.Prompts;

namespace VideoGen.Tests.Prompts;

public sealed class PromptsSetupTests
{
    [Theory]
    [InlineData("ApiKey", "sk canary")]
    [InlineData("ApiKey", "sk-canary\n")]
    [InlineData("Endpoint", "")]
    [InlineData("Endpoint", "api.openai.com/v1")]
    [InlineData("Endpoint", "ftp://api.openai.com/v1/")]
    [InlineData("Endpoint", "https://me:canary@api.openai.com/v1/")]
    [InlineData("Model", " ")]
    [InlineData("KeyHeader", "Basic")]
    [InlineData("Timeout", "00:00:00")]
    [InlineData("Timeout", "01:00:00")]
    [Trait("Req", "R-72")]
    public async Task Start_BadValue_NamesTheKeyAndNeverItsValue(string key, string value)
    {
        await using var app = Build(key, value);

        var error = Assert.Throws<OptionsValidationException>(app.Services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains($"Refinement:{key}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", typeof(LocalPromptRefiner))]
    [InlineData("sk-1", typeof(ChatPromptRefiner))]
    [Trait("Req", "R-04")]
    public async Task Refiner_WithAndWithoutKey_IsTheOneThatCanWork(string key, Type expected)
    {
        await using var app = Build("ApiKey", key);

        app.Services.GetRequiredService<IStartupValidator>().Validate();

        Assert.IsType(expected, app.Services.GetRequiredService<IPromptRefiner>());
    }

    [Fact]
    [Trait("Req", "R-04")]
    public async Task Refiner_WithoutKey_ShortensAndSaysSo()
    {
        var refined = await new LocalPromptRefiner().RefineAsync(new PromptToRefine("A fox runs. It stops.", 15, "Model One", 1), CancellationToken.None);

        Assert.Equal(new RefinedPrompt("A fox runs.", RefinementOrigin.ShortenedHere, LanguageModel: null), refined);
    }

    private static WebApplication Build(string key, string value)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Configuration.AddInMemoryCollection([new($"{RefinementOptions.SectionName}:{key}", value)]);
        builder.Services.AddLogging().AddSingleton(TimeProvider.System);
        builder.AddPrompts();
        return builder.Build();
    }
}
