using System.Text.Json;
using VideoGen.Domain.Gallery;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Saving;

/// <summary>The place of one result in the spool.</summary>
/// <param name="Prefix">Full path without the endings.</param>
internal sealed record SpoolSlot(string Prefix)
{
    /// <summary>The download while it arrives and is checked.</summary>
    public string Part => Prefix + ".part";

    public string PosterPart => Prefix + ".jpg.part";

    public string Poster => Prefix + ".jpg";

    public string Facts => Prefix + ".json";

    /// <summary>The checked download. Its presence says that poster and facts are whole as well.</summary>
    public string Ready => Prefix + ".ready";

    private string FactsPart => Prefix + ".json.part";

    /// <summary>
    /// The result that waits here, or <see langword="null"/> when it has to be fetched. It is not hashed again: it got its
    /// name after it had been flushed.
    /// </summary>
    /// <param name="providerJobId">A file that an earlier run of the same job left is not this one.</param>
    public async Task<SpooledResult?> FindAsync(string providerJobId, CancellationToken cancellationToken)
    {
        if (!File.Exists(Ready) || !File.Exists(Facts) || new FileInfo(Poster) is not { Exists: true, Length: > 0 })
        {
            return null;
        }

        try
        {
            await using var file = File.OpenRead(Facts);
            var result = await JsonSerializer.DeserializeAsync<SpooledResult>(file, JsonSerializerOptions.Web, cancellationToken);
            return result is { Facts: not null, Sha256.Length: 64 }
                && string.Equals(result.ProviderJobId, providerJobId, StringComparison.Ordinal)
                && new FileInfo(Ready).Length == result.SizeBytes
                    ? result
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Makes a checked download ready, so that it survives from here on.</summary>
    /// <exception cref="VideoStoreException">The disk could not take it.</exception>
    public async Task KeepAsync(SpooledResult result, CancellationToken cancellationToken)
    {
        try
        {
            // A result of an earlier run goes first, or it would stand beside the facts of this one.
            File.Delete(Ready);
            DurableFile.Flush(PosterPart);
            DurableFile.Publish(PosterPart, Poster);
            await DurableFile.WriteAsync(
                Facts,
                FactsPart,
                length: 0,
                (file, token) => JsonSerializer.SerializeAsync(file, result, JsonSerializerOptions.Web, token),
                cancellationToken);
            CrashPoint.Reach(CrashPoint.FactsWritten);
            DurableFile.Publish(Part, Ready);
            CrashPoint.Reach(CrashPoint.DownloadReady);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw VideoStoreException.OfDisk("The download could not be kept in the spool", ex);
        }
    }

    /// <summary>Removes whatever did not become whole.</summary>
    public void RemoveUnfinished()
    {
        DurableFile.TryDelete(Part);
        DurableFile.TryDelete(PosterPart);
        DurableFile.TryDelete(FactsPart);
    }
}

/// <summary>What is known of a result that waits in the spool.</summary>
internal sealed record SpooledResult(string ProviderJobId, long SizeBytes, string Sha256, MediaFacts Facts);
