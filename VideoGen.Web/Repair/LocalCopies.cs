using VideoGen.Web.Data;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Repair;

/// <summary>Brings stored files where programs of this machine can read them: in one reading, and without a copy where they lie here already.</summary>
internal sealed class LocalCopies(IVideoStore store, DataFolder folder)
{
    // Downloads of paid results come first.
    private const long Reserve = 256L * 1024 * 1024;

    /// <returns><see langword="null"/> when the key holds nothing.</returns>
    /// <exception cref="VideoStoreException">The store cannot be asked just now.</exception>
    /// <exception cref="IOException">The file could not be read to its end, or there is no room for it.</exception>
    public async Task<LocalCopy?> TryTakeAsync(string key, CancellationToken cancellationToken)
    {
        await using var stored = await store.OpenReadAsync(key, cancellationToken);
        return stored switch
        {
            null => null,
            FileStream file => new LocalCopy(file.Name, await FileDigest.OfAsync(file, cancellationToken), isOurs: false),
            _ => await FetchAsync(stored, cancellationToken),
        };
    }

    /// <summary>A name in the spool that the sweep knows as unfinished, so that nothing stays behind after a crash.</summary>
    public string NewTemporary() => Path.Combine(folder.Spool, $"repair-{Guid.NewGuid():N}.part");

    private async Task<LocalCopy> FetchAsync(Stream stored, CancellationToken cancellationToken)
    {
        var room = new DriveInfo(folder.Spool).AvailableFreeSpace - Reserve;
        if (room <= 0)
        {
            throw VideoStoreException.WantOfRoom("The data folder has no room to fetch anything.");
        }

        if (stored.Length > room)
        {
            throw new IOException("The data folder has no room for the file.");
        }

        var path = NewTemporary();
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
            await stored.CopyToAsync(file, cancellationToken);
            file.Position = 0;
            return new LocalCopy(path, await FileDigest.OfAsync(file, cancellationToken), isOurs: true);
        }
        catch
        {
            DurableFile.TryDelete(path);
            throw;
        }
    }
}
