namespace VideoGen.Domain.Models;

/// <summary>
/// Whether a model can still be used. Exactly one of: active (no dates), going away on <see cref="SunsetOn"/>, or gone since <see cref="RetiredOn"/>.
/// </summary>
/// <param name="SunsetOn">Last day on which it works, or <see langword="null"/>.</param>
/// <param name="RetiredOn">First day on which it no longer works, or <see langword="null"/>.</param>
/// <param name="Substitute">Id of the model to use instead ("provider/model"), or <see langword="null"/>.</param>
public sealed record ModelLifecycle(DateOnly? SunsetOn = null, DateOnly? RetiredOn = null, string? Substitute = null)
{
    public static ModelLifecycle Active { get; } = new();

    /// <summary>A sunset date that has passed retires a model without anybody touching the catalogue.</summary>
    public bool IsRetired(DateOnly today) => (RetiredOn is { } retired && today >= retired) || (SunsetOn is { } sunset && today > sunset);
}
