using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;

namespace VideoGen.Web.Accounts;

/// <summary>What was typed into one field cannot be taken, said so that it can stand beside the field.</summary>
public sealed record FieldProblem(string Field, string Text);

/// <summary>What a name and an e-mail address must be. Passwords: <see cref="PasswordRules"/>.</summary>
internal static class PersonRules
{
    public const int NameLength = 100;
    public const int EmailLength = 254;

    private static readonly EmailAddressAttribute EmailForm = new();

    public static IEnumerable<FieldProblem> Check(string? name, string? email)
    {
        if (NameProblem(name) is { } nameProblem)
        {
            yield return new FieldProblem(PersonFields.Name, nameProblem);
        }

        if (EmailProblem(email) is { } emailProblem)
        {
            yield return new FieldProblem(PersonFields.Email, emailProblem);
        }
    }

    /// <summary>The framework's own findings, each at its field.</summary>
    public static IEnumerable<FieldProblem> From(IdentityResult result) =>
        result.Errors.Select(error => error.Code switch
        {
            nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName) =>
                new FieldProblem(PersonFields.Email, "Somebody with this e-mail address already has an account."),
            nameof(IdentityErrorDescriber.InvalidEmail) or nameof(IdentityErrorDescriber.InvalidUserName) =>
                new FieldProblem(PersonFields.Email, EmailWording),
            _ => new FieldProblem(PersonFields.Password, error.Description),
        }).Distinct();

    private const string EmailWording = "Write a whole e-mail address, like mara@halden.example.";

    private static string? NameProblem(string? name) =>
        string.IsNullOrWhiteSpace(name) ? "Write a name."
        : name.Trim().Length > NameLength ? $"At most {NameLength} characters."
        : name.Any(char.IsControl) ? "A name is one line of text."
        : null;

    private static string? EmailProblem(string? email) =>
        string.IsNullOrWhiteSpace(email) ? "Write an e-mail address."
        : email.Length > EmailLength ? $"At most {EmailLength} characters."
        : !EmailForm.IsValid(email.Trim()) || email.Trim().Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) ? EmailWording
        : null;
}

/// <summary>Names of the fields, as <see cref="FieldProblem"/> and the forms use them.</summary>
internal static class PersonFields
{
    public const string Code = "code";
    public const string Name = "name";
    public const string Email = "email";
    public const string Password = "password";
    public const string CurrentPassword = "current";
}
