using System.Runtime.InteropServices;

namespace VideoGen.Web.Storage;

/// <summary>
/// Files that are there whole or not at all, also after a power failure: written beside their place, flushed to the disk,
/// renamed over it, and the rename itself flushed.
/// </summary>
internal static partial class DurableFile
{
    // O_RDONLY | O_CLOEXEC, so that no media program started meanwhile inherits it.
    private const int ReadOnly = 0x80000;

    // A file system that cannot flush a folder says so with this; there is nothing more to be had from it.
    private const int InvalidArgument = 22;

    /// <summary>Writes <paramref name="path"/> whole or leaves what was there. The temporary file is gone either way.</summary>
    /// <param name="temporaryPath">A name in the same folder that nobody else uses.</param>
    /// <param name="length">How much will come, to find out at once that the disk is too full; 0 when unknown.</param>
    public static Task WriteAsync(
        string path, string temporaryPath, long length, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        WriteAsync(path, temporaryPath, length, write, replace: true, cancellationToken);

    /// <summary>As <see cref="WriteAsync(string, string, long, Func{Stream, CancellationToken, Task}, CancellationToken)"/>, where nothing is yet.</summary>
    /// <exception cref="IOException">Something is, or has come meanwhile; it stays.</exception>
    public static Task WriteNewAsync(
        string path, string temporaryPath, long length, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        WriteAsync(path, temporaryPath, length, write, replace: false, cancellationToken);

    /// <summary>Gives a file that was flushed already its final name in the same folder.</summary>
    public static void Publish(string flushedPath, string path) => Publish(flushedPath, path, replace: true);

    /// <summary>Flushes a file that another program wrote.</summary>
    public static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Flushes the names in a folder, which .NET itself cannot open.</summary>
    public static void FlushFolder(string path)
    {
        var descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"The folder {path} cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        }

        try
        {
            if (FSync(descriptor) != 0 && Marshal.GetLastPInvokeError() is var error and not InvalidArgument)
            {
                throw new IOException($"The folder {path} cannot be flushed (error {error}).");
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Makes a folder and those above it so that they survive too.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var parent = Path.GetDirectoryName(path)!;
        CreateFolder(parent);
        Directory.CreateDirectory(path);
        FlushFolder(parent);
    }

    /// <summary>Removes what may be there. What cannot be removed now is swept at the next start.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            // The caller is about to report why it came to this, which matters more.
        }
    }

    private static async Task WriteAsync(
        string path, string temporaryPath, long length, Func<Stream, CancellationToken, Task> write, bool replace, CancellationToken cancellationToken)
    {
        try
        {
            await using (var file = new FileStream(temporaryPath, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                Share = FileShare.None,
                BufferSize = 0,
                Options = FileOptions.Asynchronous,
                PreallocationSize = length,
            }))
            {
                await write(file, cancellationToken);
                CrashPoint.Reach(CrashPoint.FileWritten, file);
                file.Flush(flushToDisk: true);
            }

            CrashPoint.Reach(CrashPoint.FileFlushed);
            Publish(temporaryPath, path, replace);
        }
        catch
        {
            // After a failed flush the content may be lost although it can be read: it is written again, never flushed again.
            TryDelete(temporaryPath);
            throw;
        }
    }

    private static void Publish(string flushedPath, string path, bool replace)
    {
        // Without overwriting it is a link, which never takes the place of what is there.
        File.Move(flushedPath, path, overwrite: replace);
        CrashPoint.Reach(CrashPoint.FileRenamed);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
