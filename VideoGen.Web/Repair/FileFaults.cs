using VideoGen.Web.Storage;

namespace VideoGen.Web.Repair;

/// <summary>
/// Tells trouble with one file from trouble with the store as a whole. The first is a finding about the file, and the scan goes on; the
/// second says nothing about any file, and the scan waits for the next pass.
/// </summary>
internal sealed partial class FileFaults(IVideoStore store, ILogger<FileFaults> logger)
{
    /// <summary>Whether it may be about one file alone; <see cref="ExplainAsync"/> makes sure.</summary>
    public static bool MayConcernOneFile(Exception ex) => ex switch
    {
        VideoStoreException { Fault: StoreFault.Refused or StoreFault.Conflict } => true,

        // A local store whose disk or system does not give out this one.
        VideoStoreException { Fault: StoreFault.Down, InnerException: IOException or UnauthorizedAccessException } => true,
        UnauthorizedAccessException => true,
        IOException => !VideoStoreException.IsWantOfRoom(ex),
        _ => false,
    };

    /// <returns>Why the file could not be used, in our words: theirs may name what is not for every administrator.</returns>
    /// <exception cref="VideoStoreException">It is not about the file: the store as a whole cannot be used.</exception>
    public async Task<string> ExplainAsync(Exception ex, string subject, CancellationToken cancellationToken)
    {
        await ConfirmStoreAsync(cancellationToken);
        LogUnusable(ex, subject);
        return ex switch
        {
            VideoStoreException { Fault: StoreFault.Refused } => "the store refuses it, as it does a symbolic link",
            VideoStoreException { Fault: StoreFault.Conflict } => "it changed while it was looked at",
            VideoStoreException or UnauthorizedAccessException => "the server cannot open it",
            _ => "it could not be read to its end, or is larger than the free room of the data folder",
        };
    }

    // Not by the store's own probe, which makes what it misses. The store says that a key holds nothing only while it works as a whole.
    private async Task ConfirmStoreAsync(CancellationToken cancellationToken)
    {
        await using var nothing = await store.OpenReadAsync(StoreKeys.Video(Guid.Empty, Guid.Empty, 0), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The repair could not use the file of {Subject}")]
    private partial void LogUnusable(Exception exception, string subject);
}
