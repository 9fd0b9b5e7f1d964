using System.Net;
using VideoGen.Tests.Storage.Remote;
using VideoGen.Tests.Storage.Supabase;

namespace VideoGen.Tests.Media;

/// <summary>Videos from a store across the network, which browsers get from our own address all the same.</summary>
[Trait("Req", "R-25")]
public sealed class RemoteMediaTests : IAsyncLifetime
{
    private readonly SupabaseServer _server = new();
    private MediaHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        await _server.AcceptConnectionsAsync();
        _host = new MediaHost(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storage:Kind"] = "supabase",
            ["Storage:Supabase:Url"] = _server.Address.ToString(),
            ["Storage:Supabase:ServiceKey"] = SupabaseServer.Key,
        });
        await _host.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(200, 0, 999)]
    [InlineData(206, 0, 99, "Range: bytes=0-99")]
    [InlineData(206, 900, 999, "Range: bytes=900-")]
    [InlineData(206, 900, 999, "Range: bytes=-100")]
    public async Task Get_AnyRange_SendsExactlyTheseBytesFromHere(int status, int first, int last, params string[] headers)
    {
        using var response = await GetAsync(headers);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(MediaHost.Bytes[first..(last + 1)], await response.Content.ReadAsByteArrayAsync());
        Assert.Null(response.Headers.Location);
        Assert.DoesNotContain(
            response.Headers.Concat(response.Content.Headers).SelectMany(header => header.Value),
            value => value.Contains(_server.Address.Authority, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_StoreDown_SaysSo()
    {
        await _server.RefuseConnectionsAsync();

        using var response = await GetAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains(_host.Errors, message => message.Contains(_host.Video.StoreKey, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Req", "R-23")]
    public async Task Get_StoreBreaksOffEachTime_NeverLooksWhole()
    {
        _server.Have(StoreMishap.Truncation(
            request => request.Path.Value!.Contains("/authenticated/", StringComparison.Ordinal), MediaHost.Length, $"\"{_server.TagOf(_host.Video.StoreKey)}\""));

        await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            using var response = await GetAsync();
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync();
        });
    }

    private Task<HttpResponseMessage> GetAsync(params string[] headers) =>
        _host.SendAsync(HttpMethod.Get, $"/media/videos/{_host.Video.Id}", _host.OwnerId, headers: headers);
}
