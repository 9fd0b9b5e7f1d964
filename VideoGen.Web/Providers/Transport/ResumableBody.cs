using System.Net;
using System.Net.Http.Headers;

namespace VideoGen.Web.Providers.Transport;

/// <summary>
/// A result while it is read. When the connection breaks, the rest is asked for from there, as long as it is certainly the rest of the
/// same file (RFC 9110, 13.1.5 and 14.2). Otherwise it breaks for the reader too, who begins anew: two files are never mixed.
/// </summary>
internal sealed class ResumableBody : Stream
{
    // A line that breaks more often than this is better tried again later.
    private const int MostResumptions = 5;

    private readonly Func<Action<HttpRequestHeaders>, CancellationToken, Task<HttpResponseMessage>> _sendAgain;
    private readonly EntityTagHeaderValue? _tag;
    private readonly long? _length;
    private Stream _body;
    private long _position;
    private long _brokenAt;
    private int _resumptions;

    private ResumableBody(
        HttpResponseMessage response, Stream body, Func<Action<HttpRequestHeaders>, CancellationToken, Task<HttpResponseMessage>> sendAgain)
    {
        _body = body;
        _sendAgain = sendAgain;
        _length = response.Content.Headers.ContentLength;
        _tag = response is { StatusCode: HttpStatusCode.OK, Headers.ETag: { IsWeak: false } strong } ? strong : null;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    // A line that broke twice at one place would break there again.
    private bool MayResume => _tag is not null && _length is not null && _position > _brokenAt && _resumptions < MostResumptions;

    /// <param name="response">A successful answer. Its body belongs to the stream.</param>
    /// <param name="sendAgain">Sends the same request once more, with the headers that it is given.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    public static async Task<ResumableBody> OfAsync(
        HttpResponseMessage response, Func<Action<HttpRequestHeaders>, CancellationToken, Task<HttpResponseMessage>> sendAgain, CancellationToken cancellationToken) =>
        new(response, await response.Content.ReadAsStreamAsync(cancellationToken), sendAgain);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var count = await _body.ReadAsync(buffer, cancellationToken);
                _position += count;
                return count;
            }
            catch (Exception ex) when (ex is IOException or HttpRequestException && MayResume)
            {
                if (!await TryResumeAsync(cancellationToken))
                {
                    throw;
                }
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It comes over a network: read it asynchronously.");

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _body.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<bool> TryResumeAsync(CancellationToken cancellationToken)
    {
        _resumptions++;
        _brokenAt = _position;
        HttpResponseMessage response;
        try
        {
            response = await _sendAgain(AskForRest, cancellationToken);
        }
        catch (Exception ex) when (ex is IOException or HttpRequestException)
        {
            return false;
        }

        if (!IsRest(response))
        {
            response.Dispose();
            return false;
        }

        await _body.DisposeAsync();
        _body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return true;
    }

    private void AskForRest(HttpRequestHeaders headers)
    {
        headers.Range = new RangeHeaderValue(_position, to: null);
        headers.IfRange = new RangeConditionHeaderValue(_tag!);
    }

    // A server that knows no ranges, or whose file has changed, sends the whole file with 200.
    private bool IsRest(HttpResponseMessage response) =>
        response is { StatusCode: HttpStatusCode.PartialContent, Content.Headers.ContentRange: { Unit: "bytes" } range }
        && range.From == _position
        && range.To == _length - 1
        && range.Length == _length
        && response.Headers.ETag?.Equals(_tag) == true;
}
