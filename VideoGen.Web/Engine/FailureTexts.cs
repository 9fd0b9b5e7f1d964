using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Engine;

/// <summary>What is kept of a failure. Providers quote prompts in their own words of it, and the prompt is the owner's alone.</summary>
internal static class FailureTexts
{
    public static JobFailure Of(GenerationJob job, VideoProviderException trouble) => Of(job, new JobFailure(trouble.Kind, trouble.Message, trouble.Detail));

    public static JobFailure Of(GenerationJob job, JobFailure failure) => failure with { Detail = Discreet(job, failure.Detail) };

    /// <summary>A raw text without the prompt; <see langword="null"/> stays so.</summary>
    public static string? Discreet(GenerationJob job, string? detail) => detail is null ? null : RawText.Clean(detail, job.Prompt, job.OriginalPrompt);
}
