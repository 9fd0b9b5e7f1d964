using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace VideoGen.Web.Providers.Google.Json;

/// <summary>
/// The bytes that one string of a JSON text holds as base64. A video comes this way whole in an answer; in memory there is never
/// more than a buffer of it.
/// </summary>
internal sealed class Base64InJson : ForwardStream
{
    private const int Quantum = 4;
    private const int BufferSize = 16 * 1024;
    private const int DigitsOfEscape = 4;

    private readonly JsonBytes _bytes;
    private readonly byte[] _digits = new byte[BufferSize];
    private readonly byte[] _decoded = new byte[BufferSize];
    private int _digitCount;
    private int _decodedAt;
    private int _decodedEnd;
    private bool _hasEnded;
    private bool _hasPadding;

    private Base64InJson(JsonBytes bytes) => _bytes = bytes;

    /// <summary>Opens the string at a path.</summary>
    /// <param name="json">The whole text; disposed with what is returned, or at once.</param>
    /// <param name="path">Names of properties and numbers of elements, from the root.</param>
    /// <returns><see langword="null"/> when there is no such string.</returns>
    /// <exception cref="IOException">It is no JSON, or ends too early. Reading throws it as well, also for what is no base64.</exception>
    public static async Task<Base64InJson?> OpenAsync(Stream json, IReadOnlyList<string> path, CancellationToken cancellationToken)
    {
        var bytes = new JsonBytes(json);
        var isFound = false;
        try
        {
            isFound = await JsonPlace.FindAsync(bytes, path, cancellationToken);
            return isFound ? new Base64InJson(bytes) : null;
        }
        finally
        {
            if (!isFound)
            {
                bytes.Dispose();
            }
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_decodedAt == _decodedEnd && !_hasEnded)
        {
            await GatherAsync(cancellationToken);
            Decode();
        }

        var taken = Math.Min(buffer.Length, _decodedEnd - _decodedAt);
        _decoded.AsSpan(_decodedAt, taken).CopyTo(buffer.Span);
        _decodedAt += taken;
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _bytes.Dispose();
        }

        base.Dispose(disposing);
    }

    // Up to the end of what has arrived, of the room, or of the string.
    private async ValueTask GatherAsync(CancellationToken cancellationToken)
    {
        await _bytes.ArriveAsync(cancellationToken);
        while (_digitCount < BufferSize && !_hasEnded && _bytes.Arrived is [var next, ..])
        {
            _bytes.Take(1);
            switch (next)
            {
                case (byte)'"':
                    _hasEnded = true;
                    break;
                case (byte)'\\':
                    Add(await UnescapeAsync(cancellationToken));
                    break;
                default:
                    Add((char)next);
                    break;
            }
        }
    }

    // Some writers break base64 into lines, and some use its alphabet for links.
    private void Add(char digit)
    {
        if (digit is ' ' or '\r' or '\n' or '\t')
        {
            return;
        }

        _digits[_digitCount++] = digit switch
        {
            '-' => (byte)'+',
            '_' => (byte)'/',
            > '\x7f' => throw NotBase64(),
            _ => (byte)digit,
        };
    }

    private async ValueTask<char> UnescapeAsync(CancellationToken cancellationToken)
    {
        var kind = await _bytes.NextAsync(cancellationToken);
        return kind switch
        {
            (byte)'n' or (byte)'r' or (byte)'t' => ' ',
            (byte)'u' => await UnescapeNumberAsync(cancellationToken),
            _ => (char)kind,
        };
    }

    private async ValueTask<char> UnescapeNumberAsync(CancellationToken cancellationToken)
    {
        var digits = new byte[DigitsOfEscape];
        for (var at = 0; at < digits.Length; at++)
        {
            digits[at] = await _bytes.NextAsync(cancellationToken);
        }

        return ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? (char)number : throw NotBase64();
    }

    private void Decode()
    {
        if (_hasEnded)
        {
            Pad();
        }

        var whole = _digitCount / Quantum * Quantum;
        if (whole == 0)
        {
            return;
        }

        var digits = _digits.AsSpan(0, whole);
        if (_hasPadding || Base64.DecodeFromUtf8(digits, _decoded, out _, out _decodedEnd) is not OperationStatus.Done)
        {
            throw NotBase64();
        }

        _decodedAt = 0;
        _hasPadding = digits[^1] == '=';
        _digits.AsSpan(whole, _digitCount - whole).CopyTo(_digits);
        _digitCount -= whole;
    }

    private void Pad()
    {
        while (_digitCount % Quantum != 0)
        {
            _digits[_digitCount++] = (byte)'=';
        }
    }

    private static IOException NotBase64() => new("The video in the answer is no base64.");
}
