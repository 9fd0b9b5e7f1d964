using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using VideoGen.Web.Data;

namespace VideoGen.Web.Accounts;

/// <summary>
/// The time before the first account. Whoever can read the server's output holds the code and becomes the first administrator.
/// The code is known to this process only: every start makes a new one.
/// </summary>
internal sealed class FirstStart(IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    private const int TriesBeforePause = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private volatile bool _over;
    private int _wrongTries;
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;

    public string Code { get; } = RandomCode.New(groups: 2);

    /// <summary>Whether nobody has an account yet. Once over, it never comes back.</summary>
    public async ValueTask<bool> IsOpenAsync(CancellationToken cancellationToken)
    {
        if (_over)
        {
            return false;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        _over = await db.Users.AnyAsync(cancellationToken);
        return !_over;
    }

    public SetUpCodeAnswer Check(string? typed)
    {
        var same = CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(RandomCode.Normalize(typed)), Encoding.UTF8.GetBytes(RandomCode.Normalize(Code)));
        lock (_lock)
        {
            if (clock.GetUtcNow() < _pausedUntil)
            {
                return SetUpCodeAnswer.Paused;
            }

            if (same)
            {
                return SetUpCodeAnswer.Right;
            }

            if (++_wrongTries == TriesBeforePause)
            {
                _wrongTries = 0;
                _pausedUntil = clock.GetUtcNow() + Pause;
            }

            return SetUpCodeAnswer.Wrong;
        }
    }
}

/// <summary>What came of a typed set-up code.</summary>
internal enum SetUpCodeAnswer
{
    /// <summary>It is the code of this start.</summary>
    Right,

    /// <summary>It is another; the try is counted.</summary>
    Wrong,

    /// <summary>Too many tries: for a minute not even the right one is taken.</summary>
    Paused,
}
