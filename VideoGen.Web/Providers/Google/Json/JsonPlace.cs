using System.Globalization;
using System.Text.Json;

namespace VideoGen.Web.Providers.Google.Json;

/// <summary>Finds one string in a JSON text by where it stands, without keeping what stands before it.</summary>
internal sealed class JsonPlace
{
    private const int DeepestNesting = 64;
    private const int LongestName = 1024;

    private readonly JsonBytes _bytes;
    private readonly IReadOnlyList<string> _path;
    private readonly Stack<Level> _levels = [];
    private bool _hasEnded;

    private JsonPlace(JsonBytes bytes, IReadOnlyList<string> path)
    {
        _bytes = bytes;
        _path = path;
    }

    /// <summary>Takes everything up to the first character of the string.</summary>
    /// <param name="bytes">At the beginning of the text.</param>
    /// <param name="path">Names of properties and numbers of elements, from the root.</param>
    /// <returns>Whether there is such a string.</returns>
    /// <exception cref="IOException">It is no JSON, or ends too early.</exception>
    public static async Task<bool> FindAsync(JsonBytes bytes, IReadOnlyList<string> path, CancellationToken cancellationToken)
    {
        var place = new JsonPlace(bytes, path);
        while (true)
        {
            var next = await bytes.NextAsync(cancellationToken);
            if (next != '"')
            {
                place.Step(next);
                if (place._hasEnded)
                {
                    return false;
                }
            }
            else if (place.IsAtName)
            {
                place._levels.Peek().Name = await place.ReadNameAsync(cancellationToken);
            }
            else if (place.IsReached)
            {
                return true;
            }
            else
            {
                await place.SkipStringAsync(cancellationToken);
            }
        }
    }

    private bool IsAtName => _levels.TryPeek(out var level) && level is { IsArray: false, ExpectsName: true };

    private bool IsReached => _levels.Count == _path.Count && _levels.Reverse().Select(level => level.Place).SequenceEqual(_path, StringComparer.Ordinal);

    private void Step(byte next)
    {
        switch (next)
        {
            case (byte)'{' or (byte)'[':
                Open(isArray: next == '[');
                break;
            case (byte)'}' or (byte)']':
                Close(isArray: next == ']');
                break;
            case (byte)',':
                Innermost().MoveOn();
                break;
            case (byte)':':
                Innermost().ExpectsName = false;
                break;
            case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'+' or (byte)'-' or (byte)'.':
            case var other when char.IsAsciiLetterOrDigit((char)other):
                break;
            default:
                throw NotJson();
        }
    }

    private void Open(bool isArray)
    {
        if (_levels.Count == DeepestNesting)
        {
            throw NotJson();
        }

        _levels.Push(new Level(isArray));
    }

    private void Close(bool isArray)
    {
        if (Innermost().IsArray != isArray)
        {
            throw NotJson();
        }

        _levels.Pop();
        _hasEnded = _levels.Count == 0;
    }

    private Level Innermost() => _levels.TryPeek(out var level) ? level : throw NotJson();

    private async ValueTask<string> ReadNameAsync(CancellationToken cancellationToken)
    {
        var name = new List<byte> { (byte)'"' };
        var isEscaped = false;
        while (true)
        {
            var next = await _bytes.NextAsync(cancellationToken);
            name.Add(next);
            if (next == '"' && !isEscaped)
            {
                return Decode([.. name]);
            }

            isEscaped = !isEscaped && next == '\\';
            if (name.Count > LongestName)
            {
                throw NotJson();
            }
        }
    }

    private static string Decode(byte[] quoted)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(quoted) ?? throw NotJson();
        }
        catch (JsonException ex)
        {
            throw NotJson(ex);
        }
    }

    private async ValueTask SkipStringAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _bytes.ArriveAsync(cancellationToken);
            var end = _bytes.Arrived.IndexOfAny((byte)'"', (byte)'\\');
            if (end < 0)
            {
                _bytes.Take(_bytes.Arrived.Length);
                continue;
            }

            var isEscape = _bytes.Arrived[end] == '\\';
            _bytes.Take(end + 1);
            if (!isEscape)
            {
                return;
            }

            await _bytes.NextAsync(cancellationToken);
        }
    }

    private static IOException NotJson(Exception? innerException = null) => new("The answer is no JSON.", innerException);

    private sealed class Level(bool isArray)
    {
        private int _index;

        public bool IsArray { get; } = isArray;

        public bool ExpectsName { get; set; } = true;

        public string? Name { get; set; }

        public string? Place => IsArray ? _index.ToString(CultureInfo.InvariantCulture) : Name;

        public void MoveOn()
        {
            _index++;
            ExpectsName = true;
        }
    }
}
