using Microsoft.Net.Http.Headers;
using VideoGen.Simulator.Jobs;

namespace VideoGen.Simulator.Media;

/// <summary>A result on the wire: with byte ranges, and a tag by which a reader knows that it is still the same.</summary>
internal static class ResultFile
{
    public static async Task<IResult> OfAsync(SimulatedJob job, MediaForm form) => Results.File(
        await SampleVideos.OfAsync(job, form),
        form.ContentType(),
        $"{job.Id}.{form.Extension()}",
        entityTag: new EntityTagHeaderValue($"\"{job.Id}-{form}\""),
        enableRangeProcessing: true);
}
