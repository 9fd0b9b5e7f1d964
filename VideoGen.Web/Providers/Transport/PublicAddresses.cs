using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace VideoGen.Web.Providers.Transport;

/// <summary>
/// Connects to public addresses only. Decides on the address that is connected to, at every connection, so that neither a
/// spelling, nor a name that is given another address meanwhile, leads into our own network.
/// </summary>
internal sealed class PublicAddresses(HostAddresses hosts, IOptions<ResultLinkOptions> options)
{
    // Special-purpose addresses by the IANA registries, and the metadata address of one cloud. The first network of IPv6 holds the
    // unspecified, the loopback and all kinds of wrapped addresses; 2002::/16 wraps others.
    private static readonly IPNetwork[] Denied =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/8", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10",
            "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    // How machines without IPv4 reach those that have nothing else: it is judged by the address inside.
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="HttpRequestException">One of the host's addresses is not public, or none answers.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await hosts(context.DnsEndPoint.Host, cancellationToken);
        if (!options.Value.AllowPrivateAddresses && !Array.TrueForAll(addresses, IsPublic))
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The host is not on the public internet.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether an address is on the public internet, whatever it is wrapped in.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var inner = Unwrap(address);
        return !Array.Exists(Denied, network => network.Contains(inner));
    }

    private static IPAddress Unwrap(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : Nat64.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(12, 4))
        : address;
}

/// <summary>The addresses of a host name.</summary>
internal delegate Task<IPAddress[]> HostAddresses(string host, CancellationToken cancellationToken);
