using System.Net.Sockets;
using System.Text;
using VideoGen.Domain.Providers;

namespace VideoGen.Tests.Providers.Transport;

/// <summary>A result whose connection breaks on the way is gone on with, never mixed with another one.</summary>
[Trait("Req", "R-22")]
public sealed class ResumableBodyTests : IAsyncLifetime
{
    private const string Whole = "the first half and the second half";
    private const int Half = 15;
    private const string Tag = "ETag: \"v1\"";

    private readonly WireServer _server = new();
    private readonly TransportHarness _transport;
    private readonly Queue<Func<WireRequest, Socket, Task>> _answers = new();

    public ResumableBodyTests()
    {
        _transport = new TransportHarness(_server.Address);
        _server.OnRequest = (request, socket) => _answers.Dequeue()(request, socket);
    }

    /// <summary>What is not certainly the rest: a status, and the headers that come with it.</summary>
    public static TheoryData<int, string[]> NoRest => new()
    {
        { 200, [Tag] },
        { 206, ["ETag: \"v2\"", RangeFrom(Half)] },
        { 206, [Tag, RangeFrom(Half - 1)] },
        { 206, [Tag, $"Content-Range: bytes {Half}-{Whole.Length - 1}/{Whole.Length + 1}"] },
        { 206, [Tag, $"Content-Range: bytes {Half}-{Whole.Length - 2}/{Whole.Length}"] },
        { 206, [Tag, $"Content-Range: items {Half}-{Whole.Length - 1}/{Whole.Length}"] },
        { 206, [Tag] },
        { 206, [RangeFrom(Half)] },
        { 416, [Tag] },
        { 404, [] },
        { 503, [] },
    };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Read_BrokenOff_GoesOnWhereItBroke()
    {
        _answers.Enqueue(BreaksAt(Half, Tag));
        _answers.Enqueue(Wire.Answer(206, Whole[Half..], Tag, RangeFrom(Half)));

        Assert.Equal(Whole, await ReadAsync(_transport.OpenAsync()));

        var requests = _server.Requests.ToArray();
        Assert.Equal(2, requests.Length);
        Assert.Null(requests[0]["Range"]);
        Assert.Equal(("bytes=15-", "\"v1\""), (requests[1]["Range"], requests[1]["If-Range"]));
        Assert.Equal((requests[0].Line, requests[0]["Authorization"]), (requests[1].Line, requests[1]["Authorization"]));
    }

    [Fact]
    public async Task Read_LinkBrokenOff_GoesOnWithoutTheKey()
    {
        _answers.Enqueue(BreaksAt(Half, Tag));
        _answers.Enqueue(Wire.Answer(206, Whole[Half..], Tag, RangeFrom(Half)));

        Assert.Equal(Whole, await ReadAsync(_transport.Links.OpenAsync(new Uri(_server.Address, "file?signature=1"), "Acme", CancellationToken.None)));
        Assert.All(_server.Requests, request => Assert.Null(request["Authorization"]));
    }

    [Fact]
    public async Task Read_BreaksAgainFurtherOn_GoesOnAgain()
    {
        _answers.Enqueue(BreaksAt(Half, Tag));
        _answers.Enqueue(BreaksAt(3, 206, Whole.Length - Half, Whole[Half..], Tag, RangeFrom(Half)));
        _answers.Enqueue(Wire.Answer(206, Whole[(Half + 3)..], Tag, RangeFrom(Half + 3)));

        Assert.Equal(Whole, await ReadAsync(_transport.OpenAsync()));
    }

    [Theory]
    [MemberData(nameof(NoRest))]
    public async Task Read_WhatComesIsNotTheRest_Breaks(int status, string[] headers)
    {
        _answers.Enqueue(BreaksAt(Half, Tag));
        _answers.Enqueue(Wire.Answer(status, Whole[Half..], headers));

        await AssertBreaksAsync(Whole[..Half]);
        Assert.Equal(2, _server.Requests.Count);
    }

    [Theory]
    [InlineData("X-None: 1")]
    [InlineData("ETag: W/\"v1\"")]
    public async Task Read_NothingToTellTheFileBy_Breaks(string header)
    {
        _answers.Enqueue(BreaksAt(Half, header));

        await AssertBreaksAsync(Whole[..Half]);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Read_BreaksTwiceAtOnePlace_Breaks()
    {
        _answers.Enqueue(BreaksAt(Half, Tag));
        _answers.Enqueue(BreaksAt(0, 206, Whole.Length - Half, Whole[Half..], Tag, RangeFrom(Half)));

        await AssertBreaksAsync(Whole[..Half]);
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task Read_BreaksOverAndOver_EndsAfterFiveTimes()
    {
        _answers.Enqueue(BreaksAt(1, Tag));
        for (var at = 1; at < 20; at++)
        {
            _answers.Enqueue(BreaksAt(1, 206, Whole.Length - at, Whole[at..], Tag, RangeFrom(at)));
        }

        await AssertBreaksAsync(Whole[..6]);
        Assert.Equal(6, _server.Requests.Count);
    }

    private static string RangeFrom(int start) => $"Content-Range: bytes {start}-{Whole.Length - 1}/{Whole.Length}";

    private static Func<WireRequest, Socket, Task> BreaksAt(int count, string header) => BreaksAt(count, 200, Whole.Length, Whole, header);

    private static Func<WireRequest, Socket, Task> BreaksAt(int count, int status, int length, string body, params string[] headers) => async (_, socket) =>
    {
        await Wire.SendAsync(socket, Encoding.UTF8.GetBytes(
            $"HTTP/1.1 {status} Said\r\nContent-Length: {length}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n{body[..count]}"));
        socket.Close();
    };

    private static async Task<string> ReadAsync(Task<ProviderResult> opening)
    {
        await using var result = await opening;
        using var reader = new StreamReader(result.Content);
        return await reader.ReadToEndAsync();
    }

    private async Task AssertBreaksAsync(string read)
    {
        await using var result = await _transport.OpenAsync();
        using var arrived = new MemoryStream();
        await Assert.ThrowsAnyAsync<IOException>(() => result.Content.CopyToAsync(arrived));
        Assert.Equal(read, Encoding.UTF8.GetString(arrived.ToArray()));
    }
}
