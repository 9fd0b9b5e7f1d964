using System.Text.RegularExpressions;
using VideoGen.Web.Data;

namespace VideoGen.Web.Storage;

/// <summary>The store in a folder of this machine.</summary>
internal sealed partial class LocalVideoStore : IVideoStore
{
    private const int CopyBuffer = 1024 * 1024;

    // EEXIST, which the base library hands on as it is.
    private const int AlreadyExists = 17;

    private readonly string _root;

    public LocalVideoStore(DataFolder folder) => _root = Path.TrimEndingDirectorySeparator(folder.Videos);

    public async Task PutAsync(string key, string localPath, string mediaType, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        await using var source = OpenFile(localPath);
        try
        {
            RefuseLinks(path);
            while (!await HoldsSameAsync(path, source, key, cancellationToken) && !await TryWriteAsync(path, source, cancellationToken))
            {
                // Somebody else was quicker: what they have written is compared.
            }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw Fault(ex, $"{key} could not be written", source.Length);
        }
    }

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        try
        {
            RefuseLinks(path);
            return Task.FromResult<Stream?>(
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous));
        }
        catch (Exception ex) when ((ex is FileNotFoundException or DirectoryNotFoundException) && Directory.Exists(_root))
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw Fault(ex, $"{key} could not be opened");
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        try
        {
            RefuseLinks(path);
            File.Delete(path);
        }
        catch (DirectoryNotFoundException) when (Directory.Exists(_root))
        {
            // It holds nothing.
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw Fault(ex, $"{key} could not be removed");
        }

        return Task.CompletedTask;
    }

    public IAsyncEnumerable<StoredEntry> ListAsync(string? after, CancellationToken cancellationToken) =>
        new LocalListing(_root).Read(after, cancellationToken)
            .Where(static file => !Temporary().IsMatch(file.Name))
            .Select(file => new StoredEntry(Path.GetRelativePath(_root, file.FullName), file.Length, new DateTimeOffset(file.LastWriteTimeUtc)))
            .ToAsyncEnumerable();

    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var probe = NewTemporary(_root);
        try
        {
            await File.WriteAllBytesAsync(probe, [1], cancellationToken);
            DurableFile.Flush(probe);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw Fault(ex, "The store cannot be written to", needed: 1);
        }
        finally
        {
            DurableFile.TryDelete(probe);
        }
    }

    /// <summary>Removes what interrupted writes left behind.</summary>
    /// <param name="writtenBefore">What was written to since may still become whole. At start, while nothing is being written, nothing can.</param>
    /// <returns>How many files were removed.</returns>
    public int SweepTemporaryFiles(DateTimeOffset writtenBefore)
    {
        var removed = 0;
        foreach (var path in Directory.EnumerateFiles(_root, "*.tmp", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        }))
        {
            if (Temporary().IsMatch(Path.GetFileName(path)) && new DateTimeOffset(File.GetLastWriteTimeUtc(path)) < writtenBefore)
            {
                File.Delete(path);
                removed++;
            }
        }

        return removed;
    }

    private static string NewTemporary(string folder) => Path.Combine(folder, $"put-{Guid.NewGuid():N}.tmp");

    // Path.Combine alone would follow "/etc/passwd" and "../..".
    private string PathOf(string key)
    {
        var path = Path.GetFullPath(Path.Combine(_root, StoreKeys.Checked(key)));
        return path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException("This is not a key of the store.", nameof(key));
    }

    private static FileStream OpenFile(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);

    /// <returns><see langword="false"/> when something is there meanwhile.</returns>
    private static async Task<bool> TryWriteAsync(string path, FileStream source, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(path)!;
        DurableFile.CreateFolder(folder);
        source.Position = 0;
        try
        {
            await DurableFile.WriteNewAsync(
                path, NewTemporary(folder), source.Length, (target, token) => source.CopyToAsync(target, CopyBuffer, token), cancellationToken);
            return true;
        }
        catch (IOException ex) when (ex.HResult == AlreadyExists && File.Exists(path))
        {
            return false;
        }
    }

    /// <returns><see langword="false"/> when nothing is there.</returns>
    /// <exception cref="VideoStoreException">Something else is there.</exception>
    private static async Task<bool> HoldsSameAsync(string path, FileStream source, string key, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        await using var there = OpenFile(path);
        source.Position = 0;
        if (there.Length != source.Length || await FileDigest.OfAsync(there, cancellationToken) != await FileDigest.OfAsync(source, cancellationToken))
        {
            throw new VideoStoreException(StoreFault.Conflict, $"{key} holds another file, which stays.");
        }

        // Its bytes were flushed before it got its name; whether the name was, before a crash, nobody knows.
        DurableFile.FlushFolder(Path.GetDirectoryName(path)!);
        return true;
    }

    // Where the space is reserved beforehand, the exception does not say that it was for want of it.
    private VideoStoreException Fault(Exception ex, string message, long needed = 0) =>
        Directory.Exists(_root) && new DriveInfo(_root).AvailableFreeSpace < needed
            ? new VideoStoreException(StoreFault.Full, $"{message}: {ex.Message}", ex)
            : VideoStoreException.OfDisk(message, ex);

    // The root may be a link to another disk; below it nothing of ours is one.
    private void RefuseLinks(string path)
    {
        for (var part = path; part.Length > _root.Length; part = Path.GetDirectoryName(part)!)
        {
            if (new FileInfo(part).LinkTarget is not null)
            {
                throw new VideoStoreException(StoreFault.Refused, "A symbolic link lies in the store; it is not followed.");
            }
        }
    }

    [GeneratedRegex(@"\Aput-[0-9a-f]{32}\.tmp\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Temporary();
}
