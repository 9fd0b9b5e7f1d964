using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;

namespace VideoGen.Web.Saving;

internal sealed record SavedFile(int Index, StoredFile File, MediaFacts Facts);

internal sealed class MediaRejectedException(string message) : Exception(message);

internal sealed class ResultSaver
{
#pragma warning disable CA1822
    public Task<IReadOnlyList<SavedFile>> SaveAsync(GenerationJob job, IVideoProvider provider, int resultCount, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("The saving part replaces this file.");

    public void Release(Guid jobId) => throw new InvalidOperationException("The saving part replaces this file.");
#pragma warning restore CA1822
}
