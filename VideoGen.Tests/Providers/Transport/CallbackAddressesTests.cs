using Microsoft.Extensions.Options;
using VideoGen.Web.Data;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Transport;

[Trait("Req", "R-63")]
public sealed class CallbackAddressesTests : IDisposable
{
    private const string SubmitKey = "0199a5b0000070008000000000000000-1";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_NoPublicAddress_IsNone()
    {
        Assert.Null(Create(publicAddress: null).Of("fal", SubmitKey));
    }

    [Theory]
    [InlineData("https://videos.example.org")]
    [InlineData("https://videos.example.org/")]
    public void Of_PublicAddress_LeadsThereWithATokenOfItsOwn(string publicAddress)
    {
        var addresses = Create(publicAddress);

        var address = addresses.Of("fal", SubmitKey)!;

        Assert.StartsWith("https://videos.example.org/webhooks/hints/fal/", address.AbsoluteUri, StringComparison.Ordinal);
        Assert.EndsWith("/" + SubmitKey, address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(43, TokenOf(address).Length);
        Assert.Equal(address, addresses.Of("fal", SubmitKey));
        Assert.True(addresses.IsOurs("fal", TokenOf(address), SubmitKey));
    }

    [Fact]
    public void Of_ServerBelowAPath_KeepsThePath()
    {
        var address = Create("https://example.org/studio").Of("fal", SubmitKey)!;

        Assert.StartsWith("https://example.org/studio/webhooks/hints/", address.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public void IsOurs_TokenOfSomethingElse_IsRefused()
    {
        var addresses = Create("https://videos.example.org/");
        var token = TokenOf(addresses.Of("fal", SubmitKey)!);

        Assert.False(addresses.IsOurs("luma", token, SubmitKey));
        Assert.False(addresses.IsOurs("fal", token, SubmitKey + "0"));
        Assert.False(addresses.IsOurs("fal", token[1..], SubmitKey));
        Assert.False(addresses.IsOurs("fal", "", SubmitKey));
        Assert.False(addresses.IsOurs("fal", "ü", SubmitKey));
    }

    [Fact]
    public void IsOurs_AfterARestart_StillHolds()
    {
        var token = TokenOf(Create("https://videos.example.org/").Of("fal", SubmitKey)!);

        Assert.True(Create("https://videos.example.org/").IsOurs("fal", token, SubmitKey));

        using var other = new TestFolder();
        Assert.False(Create("https://videos.example.org/", other).IsOurs("fal", token, SubmitKey));
    }

    [Fact]
    public void Key_OnTheDisk_IsForThisUserOnly()
    {
        Create("https://videos.example.org/").Of("fal", SubmitKey);

        var file = Assert.Single(Directory.GetFiles(_folder.PathOf("data"), "callbacks*", SearchOption.AllDirectories));
        Assert.Equal(32, new FileInfo(file).Length);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("https://videos.example.org/studio/", true)]
    [InlineData("http://10.0.0.1:5080", true)]
    [InlineData("videos.example.org", false)]
    [InlineData("/videos", false)]
    [InlineData("ftp://videos.example.org", false)]
    [InlineData("https://user@videos.example.org", false)]
    [InlineData("https://videos.example.org/?a=b", false)]
    [InlineData("https://videos.example.org/#a", false)]
    public void Check_PublicAddress_MustBeOneThatCanBeCalled(string? address, bool accepted)
    {
        var options = new CallbackOptions { PublicAddress = address is null ? null : new Uri(address, UriKind.RelativeOrAbsolute) };

        var result = new CallbackOptionsCheck().Validate(name: null, options);

        Assert.Equal(accepted, result.Succeeded);
        Assert.True(accepted || result.FailureMessage!.Contains("Webhooks:PublicAddress", StringComparison.Ordinal));
    }

    private static string TokenOf(Uri address) => address.Segments[^2].TrimEnd('/');

    private CallbackAddresses Create(string? publicAddress, TestFolder? folder = null)
    {
        var data = new DataFolder(Options.Create(new DataOptions { RootPath = (folder ?? _folder).PathOf("data") }));
        var options = new CallbackOptions { PublicAddress = publicAddress is null ? null : new Uri(publicAddress) };
        return new CallbackAddresses(Options.Create(options), new CallbackKey(() => data.Keys));
    }
}
