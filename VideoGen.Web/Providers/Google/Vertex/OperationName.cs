using System.Text.RegularExpressions;

namespace VideoGen.Web.Providers.Google.Vertex;

/// <summary>The name of an operation, which is a path below its model's. As it becomes part of an address, it is taken in no other form.</summary>
internal sealed partial record OperationName
{
    // What a job's provider id has room for.
    private const int Longest = 512;

    private OperationName(string text, string model) => (Text, Model) = (text, model);

    /// <summary>"projects/…/models/{model}/operations/{id}".</summary>
    public string Text { get; }

    /// <summary>The path of its model.</summary>
    public string Model { get; }

    /// <returns><see langword="null"/> when it is no such name.</returns>
    public static OperationName? Parse(string? text) =>
        text is { Length: <= Longest } && Form().Match(text) is { Success: true } match ? new OperationName(text, match.Groups["model"].Value) : null;

    [GeneratedRegex(
        @"\A(?<model>projects/[\w.:-]+/locations/[\w-]+/publishers/google/models/[\w.-]+)/operations/[\w.-]+\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
