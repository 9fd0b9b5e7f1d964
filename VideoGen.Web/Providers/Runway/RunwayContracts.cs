namespace VideoGen.Web.Providers.Runway;

// The API in the version that RunwayApi names.

/// <summary>Body of <c>POST text_to_video</c>, and with an image of <c>POST image_to_video</c>.</summary>
/// <param name="Ratio">"1280:720".</param>
/// <param name="Duration">Seconds.</param>
/// <param name="Seed">0 to 4294967295.</param>
/// <param name="PromptImage">A data URI.</param>
internal sealed record CreateTaskBody(string Model, string PromptText, string Ratio, int Duration, long? Seed, string? PromptImage);

/// <summary>Answer of both.</summary>
internal sealed record CreatedTask(string? Id);

/// <summary>Answer of <c>GET tasks/{id}</c>.</summary>
internal sealed record TaskObject
{
    public string? Id { get; init; }

    public string? Status { get; init; }

    /// <summary>0 to 1; only while it runs.</summary>
    public double? Progress { get; init; }

    /// <summary>Signed links, once it has succeeded.</summary>
    public IReadOnlyList<string>? Output { get; init; }

    public string? Failure { get; init; }

    /// <summary>"SAFETY.INPUT.TEXT", "INTERNAL.BAD_OUTPUT.CODE01".</summary>
    public string? FailureCode { get; init; }
}
