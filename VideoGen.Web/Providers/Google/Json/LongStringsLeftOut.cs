namespace VideoGen.Web.Providers.Google.Json;

/// <summary>
/// A JSON text in which every string that is too long to be anything but a file is empty. So the answer about a job can be read
/// although the whole video stands in it. What is no JSON stays none.
/// </summary>
/// <param name="json">The whole text; disposed with this.</param>
internal sealed class LongStringsLeftOut(Stream json) : ForwardStream
{
    /// <summary>Longest string that is kept, in bytes as they are written. Far above any link or message.</summary>
    public const int LongestKept = 16 * 1024;

    private const int ChunkSize = 16 * 1024;

    private readonly byte[] _chunk = new byte[ChunkSize];
    private readonly byte[] _held = new byte[LongestKept];

    // A chunk can let out, besides itself, one string that was held since the chunks before.
    private readonly byte[] _out = new byte[ChunkSize + LongestKept];
    private int _outAt;
    private int _outEnd;
    private int _heldCount;
    private bool _isInString;
    private bool _isEscaped;
    private bool _isTooLong;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_outAt == _outEnd)
        {
            var count = await json.ReadAsync(_chunk, cancellationToken);
            if (count == 0)
            {
                return 0;
            }

            (_outAt, _outEnd) = (0, 0);
            Filter(_chunk.AsSpan(0, count));
        }

        var taken = Math.Min(buffer.Length, _outEnd - _outAt);
        _out.AsSpan(_outAt, taken).CopyTo(buffer.Span);
        _outAt += taken;
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            json.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Filter(ReadOnlySpan<byte> chunk)
    {
        while (!chunk.IsEmpty)
        {
            if (_isTooLong && !_isEscaped)
            {
                var next = chunk.IndexOfAny((byte)'"', (byte)'\\');
                if (next < 0)
                {
                    return;
                }

                chunk = chunk[next..];
            }

            Filter(chunk[0]);
            chunk = chunk[1..];
        }
    }

    private void Filter(byte next)
    {
        if (!_isInString)
        {
            LetOut(next);
            _isInString = next == '"';
        }
        else if (_isEscaped || next != '"')
        {
            _isEscaped = !_isEscaped && next == '\\';
            Hold(next);
        }
        else
        {
            EndString();
        }
    }

    private void Hold(byte next)
    {
        if (_heldCount == LongestKept)
        {
            _isTooLong = true;
        }
        else
        {
            _held[_heldCount++] = next;
        }
    }

    private void EndString()
    {
        if (!_isTooLong)
        {
            _held.AsSpan(0, _heldCount).CopyTo(_out.AsSpan(_outEnd));
            _outEnd += _heldCount;
        }

        LetOut((byte)'"');
        (_isInString, _isTooLong, _heldCount) = (false, false, 0);
    }

    private void LetOut(byte next) => _out[_outEnd++] = next;
}
