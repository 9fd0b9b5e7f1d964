using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VideoGen.Web.Data;

namespace VideoGen.Web.Accounts;

/// <summary>What came of a typed password.</summary>
/// <param name="TriesLeft">After a wrong one: how many before a pause.</param>
/// <param name="LockedUntil">Set while no password is looked at.</param>
/// <param name="IsGiven">Whether an administrator chose it, so that it must be replaced.</param>
internal sealed record PasswordAnswer(bool Right, int TriesLeft = 0, DateTimeOffset? LockedUntil = null, bool IsGiven = false);

/// <summary>
/// Compares a typed password and keeps count. A try is counted before it is compared, in one statement, so that many
/// at the same moment do not get more tries than one after another.
/// </summary>
internal sealed class PasswordCheck(
    IDbContextFactory<AppDbContext> contexts, IOptions<IdentityOptions> options, IOptions<PasswordHasherOptions> hashing, TimeProvider clock)
{
    private readonly PasswordHasher<Person> _hasher = new(hashing);
    private readonly LockoutOptions _rules = options.Value.Lockout;

    public async Task<PasswordAnswer> RunAsync(Person person, string password, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var self = db.Users.Where(p => p.Id == person.Id);
        if (!await CountTryAsync(self, now, cancellationToken))
        {
            return await LockAsync(self, now, cancellationToken);
        }

        if (_hasher.VerifyHashedPassword(person, person.PasswordHash ?? "", password) != PasswordVerificationResult.Failed)
        {
            await self.Where(p => p.LockoutEnd == null)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.AccessFailedCount, 0), cancellationToken);

            // The caller may go on to save what it holds.
            (person.AccessFailedCount, person.LockoutEnd) = (0, null);
            return new PasswordAnswer(Right: true);
        }

        var tries = await self.Select(p => p.AccessFailedCount).FirstOrDefaultAsync(cancellationToken);
        return tries >= _rules.MaxFailedAccessAttempts
            ? await LockAsync(self, now, cancellationToken)
            : new PasswordAnswer(Right: false, _rules.MaxFailedAccessAttempts - tries);
    }

    /// <returns>Whether there was a try left, which is now used.</returns>
    private async Task<bool> CountTryAsync(IQueryable<Person> self, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await self.Where(p => p.LockoutEnd <= now).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.LockoutEnd, (DateTimeOffset?)null).SetProperty(p => p.AccessFailedCount, 0), cancellationToken);
        return await self.Where(p => p.LockoutEnd == null && p.AccessFailedCount < _rules.MaxFailedAccessAttempts)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.AccessFailedCount, p => p.AccessFailedCount + 1), cancellationToken) == 1;
    }

    /// <summary>Begins a pause unless there is one. The count stays, so that tries under way find none left.</summary>
    private async Task<PasswordAnswer> LockAsync(IQueryable<Person> self, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset? until = now + _rules.DefaultLockoutTimeSpan;
        await self.Where(p => p.LockoutEnd == null)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.LockoutEnd, until), cancellationToken);
        var end = await self.Select(p => p.LockoutEnd).FirstOrDefaultAsync(cancellationToken);
        return new PasswordAnswer(Right: false, LockedUntil: end ?? until);
    }
}
