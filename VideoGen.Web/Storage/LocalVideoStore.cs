using System.Text.RegularExpressions;
using VideoGen.Web.Data;

namespace VideoGen.Web.Storage;

/// <summary>The store in a folder of this machine.</summary>
internal sealed partial class LocalVideoStore : IVideoStore
{
    private const int CopyBuffer = 1024 * 1024;

    private readonly string _root;

    public LocalVideoStore(DataFolder folder) => _root = Path.TrimEndingDirectorySeparator(folder.Videos);

    public async Task PutAsync(string key, string localPath, string mediaType, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        await using var source = new FileStream(localPath, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            RefuseLinks(path);
            DurableFile.CreateFolder(folder);
            await DurableFile.WriteAsync(
                path, NewTemporary(folder), source.Length, (target, token) => source.CopyToAsync(target, CopyBuffer, token), cancellationToken);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new VideoStoreException($"{key} could not be written: {ex.Message}", ex);
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
        catch (Exception ex) when (ex is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new VideoStoreException($"{key} could not be opened: {ex.Message}", ex);
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
        catch (DirectoryNotFoundException)
        {
            // It holds nothing.
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new VideoStoreException($"{key} could not be removed: {ex.Message}", ex);
        }

        return Task.CompletedTask;
    }

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
            throw new VideoStoreException($"The store cannot be written to: {ex.Message}", ex);
        }
        finally
        {
            DurableFile.TryDelete(probe);
        }
    }

    /// <summary>Removes what interrupted writes left behind. Only at start, while nothing is being written.</summary>
    /// <returns>How many files were removed.</returns>
    public int SweepTemporaryFiles()
    {
        var removed = 0;
        foreach (var path in Directory.EnumerateFiles(_root, "*.tmp", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        }))
        {
            if (Temporary().IsMatch(Path.GetFileName(path)))
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
        var path = key.Length <= 256 && Key().IsMatch(key) ? Path.GetFullPath(Path.Combine(_root, key)) : null;
        return path is not null && path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException("This is not a key of the store.", nameof(key));
    }

    // The root may be a link to another disk; below it nothing of ours is one.
    private void RefuseLinks(string path)
    {
        for (var part = path; part.Length > _root.Length; part = Path.GetDirectoryName(part)!)
        {
            if (new FileInfo(part).LinkTarget is not null)
            {
                throw new VideoStoreException("A symbolic link lies in the store; it is not followed.");
            }
        }
    }

    // Segments of plain characters that start with a letter or digit, so never "." or "..".
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"\Aput-[0-9a-f]{32}\.tmp\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Temporary();
}
