using VideoGen.Domain.Models;
using VideoGen.Domain.Prompts;

namespace VideoGen.Domain.Jobs;

/// <summary>What a person asks for, unchecked.</summary>
public sealed record GenerationRequest
{
    /// <summary>
    /// Chosen by whoever asks, and the same whenever the same wish is sent again: it then makes no further jobs. <see langword="null"/>
    /// when a wish is never sent again.
    /// </summary>
    public Guid? RequestKey { get; init; }

    public string? ProviderId { get; init; }

    public string? ModelId { get; init; }

    /// <summary>The text that the provider shall receive.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>What the person wrote before it was refined, to be kept with the job; <see langword="null"/> when nothing was.</summary>
    public string? OriginalPrompt { get; init; }

    public VideoSize Size { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary><see langword="null"/> for the model's default.</summary>
    public int? FrameRate { get; init; }

    public int Variations { get; init; } = 1;

    /// <summary><see langword="null"/> lets the server choose one for each variation.</summary>
    public long? Seed { get; init; }

    /// <summary>Key of an uploaded reference image, or <see langword="null"/>.</summary>
    public string? ReferenceImageKey { get; init; }

    /// <summary>The person's own job whose video is to be remade with the prompt, or <see langword="null"/> for a new video.</summary>
    public Guid? RemixOf { get; init; }
}

/// <summary>A field of <see cref="GenerationRequest"/>, so that a message can stand beside it.</summary>
public enum RequestField
{
    Model,
    Prompt,
    Size,
    Duration,
    FrameRate,
    Variations,
    Seed,
    ReferenceImage,
    Remix,
    RequestKey,
}

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Field">Where the message belongs.</param>
/// <param name="Message">A sentence for people that says what to do.</param>
public sealed record RequestProblem(RequestField Field, string Message);

/// <summary>Checks a request against the catalogue entry of its model. Pure; knows no page and no provider.</summary>
public static class RequestRules
{
    /// <summary>Seeds are unsigned 32-bit numbers at every provider that takes one.</summary>
    public const long MaxSeed = uint.MaxValue;

    /// <summary>Longest prompt that is accepted for a model without a known limit, in characters as people count.</summary>
    public const int MaxPromptLength = 10_000;

    /// <param name="request">What is asked for.</param>
    /// <param name="model">The entry of its model, or <see langword="null"/> when there is none that can be used.</param>
    /// <param name="today">Decides what has been retired.</param>
    /// <param name="source">The job that <see cref="GenerationRequest.RemixOf"/> names; <see langword="null"/> when the person has no such job.</param>
    /// <returns>Everything that is wrong; empty when the request can become jobs.</returns>
    public static IReadOnlyList<RequestProblem> Check(GenerationRequest request, VideoModel? model, DateOnly today, GenerationJob? source = null)
    {
        if (model is null)
        {
            return [new(RequestField.Model, "This model is not available here. Choose another one.")];
        }

        return
        [
            .. CheckLifecycle(model, today),
            .. CheckPrompt(request.Prompt, model),
            .. CheckOriginal(request.OriginalPrompt),
            .. CheckPicture(request, model),
            .. CheckNumbers(request, model),
            .. RemixRules.Check(request, model, source),
        ];
    }

    private static IEnumerable<RequestProblem> CheckLifecycle(VideoModel model, DateOnly today)
    {
        if (model.Lifecycle.IsRetired(today))
        {
            var substitute = model.Lifecycle.Substitute is { } other ? $" Use {other} instead." : "";
            yield return new(RequestField.Model, $"{model.Name} has been retired.{substitute}");
        }
    }

    private static IEnumerable<RequestProblem> CheckPrompt(string prompt, VideoModel model)
    {
        if (string.IsNullOrWhiteSpace(prompt))
        {
            yield return new(RequestField.Prompt, "Write a prompt first.");
            yield break;
        }

        if (!PromptText.IsText(prompt))
        {
            yield return new(RequestField.Prompt, "The prompt holds a broken character. Write it again, or paste it as plain text.");
            yield break;
        }

        var length = PromptText.LengthOf(prompt);
        var limit = Math.Min(model.MaxPromptLength ?? MaxPromptLength, MaxPromptLength);
        if (length > limit)
        {
            yield return new(RequestField.Prompt, $"{model.Name} takes {limit} characters; this prompt has {length}. Shorten it by {length - limit}.");
        }
    }

    // It is only kept, so no model's limit holds for it.
    private static IEnumerable<RequestProblem> CheckOriginal(string? original)
    {
        if (original is not null && (!PromptText.IsText(original) || PromptText.LengthOf(original) > MaxPromptLength))
        {
            yield return new(RequestField.Prompt, $"Your text from before it was refined cannot be kept: it is longer than {MaxPromptLength} characters or holds a broken one. Clear the prompt and begin again.");
        }
    }

    private static IEnumerable<RequestProblem> CheckPicture(GenerationRequest request, VideoModel model)
    {
        if (!model.Sizes.Contains(request.Size))
        {
            yield return new(RequestField.Size, $"{model.Name} does not make {request.Size}. Choose {string.Join(", ", model.Sizes)}.");
        }

        if (!model.Durations.Contains(request.Duration))
        {
            var offered = string.Join(", ", model.Durations.Select(duration => duration.TotalSeconds));
            yield return new(RequestField.Duration, $"{model.Name} makes videos of {offered} s.");
        }

        if (request.FrameRate is { } frameRate && !model.FrameRates.Contains(frameRate))
        {
            yield return new(RequestField.FrameRate, $"{model.Name} does not make {frameRate} frames per second.");
        }

        if (request.ReferenceImageKey is not null && !model.TakesReferenceImage)
        {
            yield return new(RequestField.ReferenceImage, $"{model.Name} takes no reference image. Remove it.");
        }
    }

    private static IEnumerable<RequestProblem> CheckNumbers(GenerationRequest request, VideoModel model)
    {
        if (request.Variations < 1 || request.Variations > model.MaxVariations)
        {
            yield return new(RequestField.Variations, $"Choose 1 to {model.MaxVariations} videos.");
        }

        if (request.Seed is not null && !model.TakesSeed)
        {
            yield return new(RequestField.Seed, $"{model.Name} takes no seed. Leave it empty.");
        }
        else if (request.Seed is < 0 or > MaxSeed)
        {
            yield return new(RequestField.Seed, $"A seed is a whole number from 0 to {MaxSeed}.");
        }
    }
}
