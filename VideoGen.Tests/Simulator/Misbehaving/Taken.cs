namespace VideoGen.Simulator.Misbehaving;

/// <summary>What one request meets.</summary>
internal sealed record Taken(IReadOnlyList<MisbehaviourRule> Rules)
{
    public static readonly Taken Nothing = new([]);

    public IReadOnlyCollection<MisbehaviourKind> Kinds { get; } = [.. Rules.Select(rule => rule.Kind).Distinct()];
}

internal static class TakenByRequest
{
    /// <summary>What this request meets.</summary>
    public static Taken Misbehaviours(this HttpContext context) => context.Features.Get<Taken>() ?? Taken.Nothing;

    /// <summary>The rule of one kind that this request meets; null when it does not.</summary>
    public static MisbehaviourRule? Misbehaviour(this HttpContext context, MisbehaviourKind kind) =>
        context.Misbehaviours().Rules.FirstOrDefault(rule => rule.Kind == kind);
}
