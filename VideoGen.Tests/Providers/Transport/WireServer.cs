using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VideoGen.Tests.Providers.Transport;

/// <summary>
/// A server on loopback that does on the wire exactly what a test says, also what no web server would: break off, answer
/// rubbish, fall silent. Counts what reaches it, and speaks plain HTTP/1.1 over kept connections.
/// </summary>
internal sealed class WireServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _conversations = [];
    private readonly Task _accepting;
    private readonly int _port;
    private int _connections;

    public WireServer(Func<WireRequest, Socket, Task>? onRequest = null)
    {
        OnRequest = onRequest ?? Wire.Answer(200, "{}");
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>What is done with a request once it is read. A socket that it closes ends the conversation.</summary>
    public Func<WireRequest, Socket, Task> OnRequest { get; set; }

    /// <summary>What is done with a connection before anything is read from it.</summary>
    public Func<Socket, Task>? OnConnect { get; set; }

    public int Port => _port;

    /// <summary>A base address with a path of its own, as many providers have.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}/v1/");

    public int Connections => _connections;

    /// <summary>What was read whole, in order.</summary>
    public ConcurrentQueue<WireRequest> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_conversations);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stopping.Token);
                Interlocked.Increment(ref _connections);
                _conversations.Add(ConverseAsync(socket));
            }
        }
        catch (Exception ex) when (ex is OperationCanceledException or SocketException)
        {
            // Stopped.
        }
    }

    private async Task ConverseAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                await (OnConnect?.Invoke(socket) ?? Task.CompletedTask);
                while (socket.Connected && await ReadAsync(socket) is { } request)
                {
                    Requests.Enqueue(request);
                    await OnRequest(request, socket);
                }
            }
            catch (Exception ex) when (ex is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The client is gone, or the test has ended the conversation.
            }
        }
    }

    private async Task<WireRequest?> ReadAsync(Socket socket)
    {
        var received = new List<byte>();
        var buffer = new byte[16 * 1024];
        var head = -1;
        var wanted = 0;
        while (head < 0 || received.Count < wanted)
        {
            var count = await socket.ReceiveAsync(buffer, _stopping.Token);
            if (count == 0)
            {
                return null;
            }

            received.AddRange(buffer.AsSpan(0, count));
            if (head < 0 && (head = Encoding.Latin1.GetString([.. received]).IndexOf("\r\n\r\n", StringComparison.Ordinal)) >= 0)
            {
                wanted = head + 4 + LengthOf(Encoding.Latin1.GetString([.. received[..head]]));
            }
        }

        return new WireRequest(Encoding.Latin1.GetString([.. received[..head]]), Encoding.UTF8.GetString([.. received[(head + 4)..]]));
    }

    private static int LengthOf(string head) =>
        head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } line
            ? int.Parse(line.AsSpan("Content-Length:".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture)
            : 0;
}

/// <summary>A request as it arrived.</summary>
/// <param name="Head">The request line and the headers.</param>
/// <param name="Body">As text.</param>
internal sealed record WireRequest(string Head, string Body)
{
    /// <summary>"POST /v1/videos".</summary>
    public string Line => Head[..Head.IndexOf(" HTTP/", StringComparison.Ordinal)];

    /// <summary>The value of a header, or <see langword="null"/>.</summary>
    public string? this[string header] => Head.Split("\r\n").Skip(1)
        .FirstOrDefault(line => line.StartsWith(header + ":", StringComparison.OrdinalIgnoreCase))?[(header.Length + 1)..].Trim();
}

/// <summary>What a <see cref="WireServer"/> may do with a request.</summary>
internal static class Wire
{
    public static Func<WireRequest, Socket, Task> Answer(int status, string body, params string[] headers) =>
        Answer(status, Encoding.UTF8.GetBytes(body), headers);

    public static Func<WireRequest, Socket, Task> Answer(int status, byte[] body, params string[] headers) =>
        (_, socket) => SendAsync(socket, [.. Head(status, body.Length, headers), .. body]);

    /// <summary>Announces more than it sends, and closes.</summary>
    public static Func<WireRequest, Socket, Task> CutShort(int status, string body) => async (_, socket) =>
    {
        await SendAsync(socket, [.. Head(status, body.Length + 100, []), .. Encoding.UTF8.GetBytes(body)]);
        socket.Close();
    };

    /// <summary>Ends the connection the hard way.</summary>
    public static Task ResetAsync(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
        return Task.CompletedTask;
    }

    public static async Task SendAsync(Socket socket, byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await socket.SendAsync(bytes.AsMemory(sent));
        }
    }

    private static byte[] Head(int status, int length, string[] headers) => Encoding.Latin1.GetBytes(string.Concat(
        $"HTTP/1.1 {status} Said\r\nContent-Length: {length}\r\n", string.Concat(headers.Select(header => header + "\r\n")), "\r\n"));
}
