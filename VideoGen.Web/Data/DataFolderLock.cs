namespace VideoGen.Web.Data;

/// <summary>
/// Keeps a second process out of the same data folder: two of them would work on the same jobs with the same SQLite file.
/// Released by the system when the process ends, however it ends.
/// </summary>
internal sealed class DataFolderLock(DataFolder folder) : IDisposable
{
    private FileStream? _lock;

    public void Dispose() => _lock?.Dispose();

    /// <exception cref="InvalidOperationException">Another process holds the folder.</exception>
    public void Take()
    {
        try
        {
            _lock = new FileStream(Path.Combine(folder.Root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException ex)
        {
            throw new InvalidOperationException(
                $"Another VideoGen already uses the data folder {folder.Root}. Stop it, or set Data__RootPath to another folder.", ex);
        }
    }
}
