using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Transport;

/// <summary>What keeps a link of a provider out of our own network, whatever it is spelt like.</summary>
[Trait("Req", "R-20")]
public sealed class PublicAddressesTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.255.255.255")]
    [InlineData("10.0.0.1")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.31.196.1")]
    [InlineData("192.52.193.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("192.175.48.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.7")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.250")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:1ff::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:808:808::1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void IsPublic_SpecialPurpose_IsNot(string address) => Assert.False(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.1.2.3")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::127.0.0.1")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("64:ff9b:1::127.0.0.1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2002:a9fe:a9fe::1")]
    public void IsPublic_PrivateAddressWrapped_IsNot(string address) => Assert.False(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.1")]
    [InlineData("168.63.129.17")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("192.0.1.1")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.1")]
    [InlineData("223.255.255.255")]
    [InlineData("2001:200::1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001::200e")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    public void IsPublic_OnTheInternet_Is(string address) => Assert.True(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8", "10.0.0.1")]
    [InlineData("10.0.0.1", "8.8.8.8")]
    [InlineData("2606:4700:4700::1111", "::1")]
    public async Task Connect_OneAddressOfSeveralIsPrivate_IsBlocked(params string[] addresses)
    {
        await using var transport = Resolving(_ => [.. addresses.Select(IPAddress.Parse)]);

        await AssertBlockedAsync(transport, "https://files.example/");
    }

    [Fact]
    public async Task Connect_NameIsGivenAnotherAddressMeanwhile_IsBlocked()
    {
        // Loopback stands for a public address while it is allowed: what counts is that nothing is remembered of that.
        await using var server = new WireServer(Wire.Answer(200, "", "Connection: close"));
        var rules = new ResultLinkOptions { AllowPrivateAddresses = true };
        var asked = 0;
        var addresses = new PublicAddresses(
            (_, _) =>
            {
                asked++;
                return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
            },
            Options.Create(rules));
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = addresses.ConnectAsync, UseProxy = false });
        var link = $"http://files.example:{server.Port}/";
        (await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, link), CancellationToken.None)).Dispose();

        rules.AllowPrivateAddresses = false;
        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(new HttpRequestMessage(HttpMethod.Get, link), CancellationToken.None));

        Assert.Equal(2, asked);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://017700000001/")]
    [InlineData("https://0/")]
    [InlineData("https://127。0。0。1/")]
    [InlineData("https://127．0．0．1/")]
    [InlineData("https://①②⑦.⓪.⓪.①/")]
    [InlineData("https://１２７.0.0.1/")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://localhost/")]
    [InlineData("https://LOCALHOST./")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://169.254.169.254/")]
    [InlineData("https://[fe80::1%251]/")]
    public async Task Connect_PrivateAddressHoweverSpelt_IsBlocked(string link)
    {
        await using var transport = new TransportHarness(new Uri("https://acme.example/"), allowPrivate: false);

        var blocked = await Assert.ThrowsAsync<VideoProviderException>(() => transport.Links.OpenAsync(new Uri(link), "Acme", CancellationToken.None));

        // Some spellings are already no name for the resolver; what matters is that nothing was connected to.
        var cause = blocked.GetBaseException();
        Assert.True(
            cause is ArgumentException or SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain }
            || cause.Message.Contains("not on the public internet", StringComparison.Ordinal),
            cause.ToString());
    }

    [Theory]
    [InlineData("ALL_PROXY")]
    [InlineData("HTTPS_PROXY")]
    [InlineData("https_proxy")]
    public async Task Connect_ProxyInTheEnvironment_IsIgnored(string variable)
    {
        await using var proxy = new WireServer();
        var before = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, $"http://127.0.0.1:{proxy.Port}");
        try
        {
            await using var transport = Resolving(_ => [IPAddress.Loopback]);

            await AssertBlockedAsync(transport, "https://files.example/");
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }

        Assert.Equal(0, proxy.Connections);
    }

    private static async Task AssertBlockedAsync(TransportHarness transport, string link)
    {
        var blocked = await Assert.ThrowsAsync<VideoProviderException>(() => transport.Links.OpenAsync(new Uri(link), "Acme", CancellationToken.None));

        Assert.Contains("not on the public internet", blocked.InnerException?.ToString(), StringComparison.Ordinal);
    }

    private static TransportHarness Resolving(Func<string, IPAddress[]> hosts) =>
        new(new Uri("https://acme.example/"), allowPrivate: false, hosts: (host, _) => Task.FromResult(hosts(host)));
}
