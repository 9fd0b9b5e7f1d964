namespace VideoGen.Web.Storage;

/// <summary>Walks through the folders of the local store by name: owners, their jobs, the files of each. Links are not followed.</summary>
internal sealed class LocalListing(string root)
{
    private static readonly EnumerationOptions Own = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    /// <param name="after">The key behind which it goes on; <see langword="null"/> begins at the first.</param>
    /// <exception cref="VideoStoreException">The folder cannot be read.</exception>
    public IEnumerable<FileInfo> Read(string? after, CancellationToken cancellationToken)
    {
        var passed = after?.Split('/') ?? [];
        foreach (var owner in Folders(new DirectoryInfo(root), passed))
        {
            var passedJobs = Below(owner, passed);
            foreach (var job in Folders(owner, passedJobs))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var passedFiles = Below(job, passedJobs);
                foreach (var file in Files(job).Where(file => passedFiles is not [var last, ..] || string.CompareOrdinal(file.Name, last) > 0))
                {
                    yield return file;
                }
            }
        }
    }

    private IEnumerable<DirectoryInfo> Folders(DirectoryInfo folder, string[] passed) =>
        InOrder(folder, static one => one.GetDirectories("*", Own)).Where(one => passed is not [var last, ..] || string.CompareOrdinal(one.Name, last) >= 0);

    private IEnumerable<FileInfo> Files(DirectoryInfo folder) => InOrder(folder, static one => one.GetFiles("*", Own));

    private static string[] Below(DirectoryInfo folder, string[] passed) =>
        passed is [var last, .. var rest] && string.Equals(folder.Name, last, StringComparison.Ordinal) ? rest : [];

    private IEnumerable<T> InOrder<T>(DirectoryInfo folder, Func<DirectoryInfo, T[]> read)
        where T : FileSystemInfo
    {
        try
        {
            return read(folder).Where(static one => StoreKeys.IsPart(one.Name)).OrderBy(static one => one.Name, StringComparer.Ordinal);
        }
        catch (DirectoryNotFoundException) when (folder.Parent is { Exists: true } && !string.Equals(folder.FullName, root, StringComparison.Ordinal))
        {
            // Removed meanwhile.
            return [];
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw VideoStoreException.OfDisk("The store could not be listed", ex);
        }
    }
}
