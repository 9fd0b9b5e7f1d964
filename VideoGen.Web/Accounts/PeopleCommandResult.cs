namespace VideoGen.Web.Accounts;

/// <summary>What came of an administrator's action on a person.</summary>
internal sealed record PeopleCommandResult
{
    public static readonly PeopleCommandResult Ok = new() { Done = true };

    /// <summary>The actor is no administrator any more, or the person is gone: both look alike.</summary>
    public static readonly PeopleCommandResult Missing = new() { Problems = [new FieldProblem("", "This is not there any more.")] };

    public bool Done { get; init; }

    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];

    /// <summary>A one-time password to hand to the person. Shown once and kept nowhere.</summary>
    public string? GivenPassword { get; init; }

    public static PeopleCommandResult Refused(string reason) => new() { Problems = [new FieldProblem("", reason)] };
}
