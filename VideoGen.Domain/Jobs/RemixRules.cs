using VideoGen.Domain.Models;

namespace VideoGen.Domain.Jobs;

/// <summary>
/// What can be remade with another prompt, and what may be asked of it: the prompt alone is sent, everything else is that of the
/// video. Pure; knows no page and no provider.
/// </summary>
public static class RemixRules
{
    /// <summary>Whether the video of a job can be remixed by a model.</summary>
    public static bool Allow(GenerationJob source, VideoModel model) => ProblemOf(source, model) is null;

    /// <returns>What is wrong with a request as a remix; nothing when it is none.</returns>
    internal static IEnumerable<RequestProblem> Check(GenerationRequest request, VideoModel model, GenerationJob? source)
    {
        if (request.RemixOf is null)
        {
            return [];
        }

        if (ProblemOf(source, model) is { } problem)
        {
            return [new(RequestField.Remix, problem)];
        }

        return [.. CheckPicture(request, source!), .. CheckExtras(request)];
    }

    private static string? ProblemOf(GenerationJob? source, VideoModel model) => source switch
    {
        _ when !model.CanRemix => $"{model.Name} cannot remix a video. Remove it to make a new one.",
        null => "The video to remix is no longer there. Remove it to make a new one.",
        _ when !IsMadeBy(source, model) => "A remix is made by the model that made the video. Choose that one, or remove the video.",
        { Status: JobStatus.Completed, ProviderJobId: not null } => null,
        _ => "Only a finished video can be remixed. Wait for it, or remove it.",
    };

    private static bool IsMadeBy(GenerationJob source, VideoModel model) =>
        string.Equals(source.ProviderId, model.ProviderId, StringComparison.Ordinal) && string.Equals(source.ModelId, model.Id, StringComparison.Ordinal);

    private static IEnumerable<RequestProblem> CheckPicture(GenerationRequest request, GenerationJob source)
    {
        if (request.Size != source.Size)
        {
            yield return new(RequestField.Size, $"A remix has the size of its video: {source.Size}.");
        }

        if (request.Duration != source.Duration)
        {
            yield return new(RequestField.Duration, $"A remix is as long as its video: {source.Duration.TotalSeconds} s.");
        }

        if (request.FrameRate is { } frameRate && frameRate != source.FrameRate)
        {
            yield return new(RequestField.FrameRate, "A remix has the frame rate of its video.");
        }
    }

    private static IEnumerable<RequestProblem> CheckExtras(GenerationRequest request)
    {
        if (request.ReferenceImageKey is not null)
        {
            yield return new(RequestField.ReferenceImage, "A remix takes no reference image. Remove it.");
        }

        if (request.Seed is not null)
        {
            yield return new(RequestField.Seed, "A remix takes no seed. Leave it empty.");
        }
    }
}

/// <summary>What a remix is made from. Kept with the job, so that nothing has to be looked up when it is sent or sought.</summary>
/// <param name="JobId">Our job.</param>
/// <param name="ProviderJobId">Its id at the provider, which the request names.</param>
public sealed record RemixSource(Guid JobId, string ProviderJobId);
