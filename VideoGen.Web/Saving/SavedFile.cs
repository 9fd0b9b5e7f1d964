using VideoGen.Domain.Gallery;

namespace VideoGen.Web.Saving;

/// <summary>A result of a provider job that lies in the store, checked.</summary>
/// <param name="Index">0 for the first file of the provider job.</param>
/// <param name="File">Where it lies and what its bytes are.</param>
/// <param name="Facts">What was measured in it.</param>
public sealed record SavedFile(int Index, StoredFile File, MediaFacts Facts);
