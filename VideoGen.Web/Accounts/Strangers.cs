using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace VideoGen.Web.Accounts;

/// <summary>
/// Answers a sign-in for an address that nobody has, in the words and the time of a wrong password, pause included, so that
/// nobody learns who has an account. Kept in memory: it guards nothing but that secret.
/// </summary>
internal sealed class Strangers(IOptions<IdentityOptions> options, IOptions<PasswordHasherOptions> hashing, TimeProvider clock)
{
    private const int MostAddresses = 10_000;

    private readonly PasswordHasher<Person> _hasher = new(hashing);
    private readonly string _hash = new PasswordHasher<Person>(hashing).HashPassword(new Person(), RandomCode.New(groups: 4));
    private readonly LockoutOptions _rules = options.Value.Lockout;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Tries, DateTimeOffset LockedUntil)> _addresses = new(StringComparer.Ordinal);

    public PasswordAnswer Answer(string email, string password)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_addresses.Count >= MostAddresses)
            {
                _addresses.Clear();
            }

            var (tries, lockedUntil) = _addresses.GetValueOrDefault(email);
            if (lockedUntil > now)
            {
                return new PasswordAnswer(Right: false, LockedUntil: lockedUntil);
            }

            var isLast = ++tries >= _rules.MaxFailedAccessAttempts;
            _addresses[email] = isLast ? (0, now + _rules.DefaultLockoutTimeSpan) : (tries, default);
        }

        _hasher.VerifyHashedPassword(new Person(), _hash, password);
        lock (_lock)
        {
            var (tries, lockedUntil) = _addresses.GetValueOrDefault(email);
            return lockedUntil > now
                ? new PasswordAnswer(Right: false, LockedUntil: lockedUntil)
                : new PasswordAnswer(Right: false, _rules.MaxFailedAccessAttempts - tries);
        }
    }
}
