namespace VideoGen.Web.Storage.Remote;

/// <summary>
/// An object of a remote store as a stream that can seek. It is asked for when something is read, from the place where the reading
/// is, and asked for again after a seek or a broken connection; nothing is kept but what is on the wire. It never ends early.
/// </summary>
/// <param name="openFrom">Opens the object from a place to its end.</param>
internal sealed class RemoteStream(
    long length, Func<long, CancellationToken, Task<RemoteContent>> openFrom, TimeSpan idleTimeout, TimeProvider clock) : Stream
{
    // How often in a row the connection may break without a byte in between.
    private const int MaxAttempts = 3;

    private Stream? _content;
    private long _contentPosition;
    private long _position;
    private string? _tag;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = origin switch
        {
            SeekOrigin.Current => _position + offset,
            SeekOrigin.End => length + offset,
            _ => offset,
        };
        ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(offset));
        return _position = target;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || _position >= length)
        {
            return 0;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ReadOnceAsync(buffer, cancellationToken);
            }
            catch (Exception ex) when (IsBroken(ex, cancellationToken))
            {
                await CloseAsync();
                if (attempt == MaxAttempts)
                {
                    throw new IOException("The store broke off.", ex);
                }
            }
            catch (VideoStoreException ex)
            {
                throw new IOException("The store does not give the file any more.", ex);
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

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content?.Dispose();
            _content = null;
        }

        base.Dispose(disposing);
    }

    private async Task<int> ReadOnceAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var silence = new Silence(idleTimeout, clock, cancellationToken);
        var content = await ContentAsync(silence.Token);
        var wanted = (int)Math.Min(buffer.Length, length - _position);
        var count = await content.ReadAsync(buffer[..wanted], silence.Token);
        if (count == 0)
        {
            throw new EndOfStreamException("The store ended the file too early.");
        }

        _position += count;
        _contentPosition = _position;
        return count;
    }

    private async Task<Stream> ContentAsync(CancellationToken cancellationToken)
    {
        if (_content is { } open && _contentPosition == _position)
        {
            return open;
        }

        await CloseAsync();
        var answer = await openFrom(_position, cancellationToken);
        (_content, _contentPosition) = (answer.Content, _position);
        if (answer.From != _position)
        {
            await CloseAsync();
            throw new VideoStoreException(StoreFault.Refused, "The store does not give the part that was asked for.");
        }

        if (IsAnother(answer))
        {
            await CloseAsync();
            throw new VideoStoreException(StoreFault.Conflict, "The file in the store has changed while it was read.");
        }

        _tag = answer.Tag;
        return answer.Content;
    }

    private bool IsAnother(RemoteContent answer) =>
        (answer.Total is { } total && total != length) || (_tag is not null && !string.Equals(_tag, answer.Tag, StringComparison.Ordinal));

    private async Task CloseAsync()
    {
        if (_content is { } content)
        {
            _content = null;
            await content.DisposeAsync();
        }
    }

    private static bool IsBroken(Exception ex, CancellationToken cancellationToken) => ex switch
    {
        IOException or HttpRequestException or VideoStoreException { Fault: StoreFault.Down } => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };
}
