using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Transport;

/// <summary>How a provider is registered, with and without its key.</summary>
[Trait("Req", "R-72")]
public sealed class RemoteProviderSetupTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void AddRemoteProvider_NoKey_NotesOnlyWhatIsMissing(string? key)
    {
        using var services = Build(key, out var isRegistered);

        Assert.False(isRegistered);
        Assert.Equal([new MissingKey("acme", "Providers:Acme:ApiKey")], services.GetServices<MissingKey>());
        Assert.Empty(services.GetServices<IVideoProvider>());
    }

    [Fact]
    public void AddRemoteProvider_Key_RegistersTheProviderAndItsClient()
    {
        using var services = Build("secret", out var isRegistered);

        Assert.True(isRegistered);
        Assert.Empty(services.GetServices<MissingKey>());
        Assert.IsType<TestVideoProvider>(Assert.Single(services.GetServices<IVideoProvider>()));
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("acme");
        Assert.Equal("https://acme.example/v1/", client.BaseAddress!.AbsoluteUri);
        Assert.Equal("secret", client.DefaultRequestHeaders.GetValues("X-Key").Single());
        Assert.Equal(Timeout.InfiniteTimeSpan, client.Timeout);
    }

    [Theory]
    [InlineData("MaxConcurrentJobs", "0")]
    [InlineData("PollInterval", "00:00:00")]
    public void Options_OutOfRange_NameTheKey(string key, string? value)
    {
        using var services = Build("secret", out _, new KeyValuePair<string, string?>($"Providers:Acme:{key}", value));

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<AcmeOptions>>().Value);
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Build(string? key, out bool isRegistered, params KeyValuePair<string, string?>[] more)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection([
            new("Providers:Acme:ApiKey", key),
            new("Providers:Acme:BaseAddress", "https://acme.example/v1"),
            .. more,
        ]);
        builder.Services.AddLogging();
        builder.Services.AddTransport();
        isRegistered = builder.AddRemoteProvider<AcmeOptions, TestVideoProvider>(
            "acme", "Providers:Acme", static (options, client) => client.DefaultRequestHeaders.Add("X-Key", options.ApiKey));
        return builder.Services.BuildServiceProvider();
    }

    private sealed class AcmeOptions : RemoteProviderOptions;
}
