using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers;

[Trait("Req", "R-14")]
public sealed class VideoProvidersTests
{
    private readonly TestVideoProvider _far = new() { Id = "far" };
    private readonly TestVideoProvider _other = new() { Id = "other" };
    private readonly TestVideoProvider _near = new()
    {
        Id = "near",
        Capabilities = new TestVideoProvider().Capabilities with { IsRemote = false },
    };

    private readonly VideoProviders _providers;

    public VideoProvidersTests() => _providers = new VideoProviders(
        [_far, _other, _near],
        [new MissingKey("acme", "Providers:Acme:ApiKey")],
        Options.Create(new BreakerOptions()),
        new TestClock(),
        NullLoggerFactory.Instance);

    [Fact]
    public void Find_Remote_StandsBehindABreaker()
    {
        Assert.IsType<GuardedProvider>(_providers.Find("far"));
        Assert.Same(_near, _providers.Find("near"));
        Assert.Null(_providers.Find("acme"));
        Assert.Null(_providers.Find("FAR"));
    }

    [Fact]
    public void MissingSetting_KeyNotGiven_IsNamed()
    {
        Assert.Equal("Providers:Acme:ApiKey", _providers.LackOf("acme"));
        Assert.Null(_providers.LackOf("far"));
    }

    [Fact]
    public async Task IsLeftAlone_OneProviderIsDown_ConcernsItAlone()
    {
        foreach (var provider in new[] { _far, _near })
        {
            provider.OnCheck = (_, _) => throw new VideoProviderException(FailureKind.ProviderDown, "Down.") { IsTransient = true };
            for (var asked = 0; asked < 5; asked++)
            {
                await Record.ExceptionAsync(() => _providers.Find(provider.Id)!.CheckAsync("1", CancellationToken.None));
            }
        }

        Assert.True(_providers.IsLeftAlone("far"));
        Assert.False(_providers.IsLeftAlone("other"));
        Assert.False(_providers.IsLeftAlone("near"));
        Assert.False(_providers.IsLeftAlone("acme"));
    }
}
