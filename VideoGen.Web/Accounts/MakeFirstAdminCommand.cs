using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VideoGen.Web.Data;

namespace VideoGen.Web.Accounts;

/// <summary>What a person typed to make the first account.</summary>
internal sealed record FirstAdmin(string? Code, string? Name, string? Email, string? Password);

/// <summary>What came of it: the account, or the problems at their fields, or neither when somebody was quicker.</summary>
internal sealed record FirstAdminResult(Person? Person, IReadOnlyList<FieldProblem> Problems);

/// <summary>Makes the first administrator and ends the first start. Lives for one request.</summary>
internal sealed partial class MakeFirstAdminCommand(
    UserManager<Person> people,
    RoleManager<IdentityRole<Guid>> roles,
    AppDbContext db,
    FirstStart firstStart,
    TimeProvider clock,
    ILogger<MakeFirstAdminCommand> logger)
{
    public async Task<FirstAdminResult> ExecuteAsync(FirstAdmin input, CancellationToken cancellationToken)
    {
        List<FieldProblem> problems = [.. PersonRules.Check(input.Name, input.Email)];
        if (PasswordRules.Problem(input.Password, input.Name, input.Email) is { } passwordProblem)
        {
            problems.Add(new FieldProblem(PersonFields.Password, passwordProblem));
        }

        if (CodeProblem(input.Code) is { } codeProblem)
        {
            problems.Add(new FieldProblem(PersonFields.Code, codeProblem));
        }

        return problems.Count > 0 ? new FirstAdminResult(null, problems) : await MakeAsync(input, cancellationToken);
    }

    private string? CodeProblem(string? code) =>
        string.IsNullOrWhiteSpace(code) ? "Write the code that the server printed."
        : firstStart.Check(code) switch
        {
            SetUpCodeAnswer.Right => null,
            SetUpCodeAnswer.Wrong => "This code is not the newest one. Restarting the server prints a new code.",
            SetUpCodeAnswer.Paused => "Too many wrong codes. Wait a minute, then try again.",
        };

    private async Task<FirstAdminResult> MakeAsync(FirstAdmin input, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            // The role's unique name makes a second set-up at the same moment wait here and then find that it lost.
            await AdminTransaction.LockAsync(db, roles, cancellationToken);
            if (await db.Users.AnyAsync(cancellationToken))
            {
                return new FirstAdminResult(null, []);
            }

            var person = new Person
            {
                UserName = input.Email!.Trim(),
                Email = input.Email.Trim(),
                DisplayName = input.Name!.Trim(),
                CreatedAt = clock.GetUtcNow(),
            };
            var made = await people.CreateAsync(person, input.Password!);
            if (!made.Succeeded)
            {
                return new FirstAdminResult(null, [.. PersonRules.From(made)]);
            }

            await people.AddToRoleAsync(person, Roles.Admin);
            await transaction.CommitAsync(cancellationToken);
            LogMade(person.Id);
            return new FirstAdminResult(person, []);
        }
        catch (DbUpdateException)
        {
            // Two made the role; whoever lost sees the other's account.
            return new FirstAdminResult(null, []);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The first administrator {PersonId} was made.")]
    private partial void LogMade(Guid personId);
}
