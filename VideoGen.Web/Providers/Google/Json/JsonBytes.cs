namespace VideoGen.Web.Providers.Google.Json;

/// <summary>The bytes of a JSON text, of which only a buffer is in memory.</summary>
/// <param name="source">Disposed with this.</param>
internal sealed class JsonBytes(Stream source) : IDisposable
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _at;
    private int _end;

    /// <summary>What has arrived and is not taken yet.</summary>
    public ReadOnlySpan<byte> Arrived => _buffer.AsSpan(_at, _end - _at);

    /// <summary>Takes this many of the arrived bytes.</summary>
    public void Take(int count) => _at += count;

    /// <summary>Waits until something has arrived.</summary>
    /// <exception cref="EndOfStreamException">Nothing more comes.</exception>
    public async ValueTask ArriveAsync(CancellationToken cancellationToken)
    {
        if (_at < _end)
        {
            return;
        }

        (_at, _end) = (0, await source.ReadAsync(_buffer, cancellationToken));
        if (_end == 0)
        {
            throw new EndOfStreamException("The answer ends too early.");
        }
    }

    /// <summary>Takes one byte.</summary>
    /// <exception cref="EndOfStreamException">Nothing more comes.</exception>
    public async ValueTask<byte> NextAsync(CancellationToken cancellationToken)
    {
        await ArriveAsync(cancellationToken);
        return _buffer[_at++];
    }

    public void Dispose() => source.Dispose();
}
