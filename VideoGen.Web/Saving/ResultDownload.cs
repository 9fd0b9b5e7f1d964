using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Saving;

/// <summary>Fetches one result into a file: bounded in size and in silence, hashed on the way, never whole in memory.</summary>
internal sealed class ResultDownload(IOptions<SavingOptions> options, TimeProvider clock)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Writes the file and flushes it to the disk. After any failure it is gone.</summary>
    /// <exception cref="VideoProviderException">The provider refused, broke off or fell silent.</exception>
    /// <exception cref="MediaRejectedException">There is nothing, or more than is accepted.</exception>
    /// <exception cref="VideoStoreException">This machine cannot take it.</exception>
    public async Task<DownloadedFile> RunAsync(
        IVideoProvider provider, string providerJobId, int index, string path, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(options.Value.IdleTimeout, clock);
        using var total = new CancellationTokenSource(options.Value.TotalTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, total.Token, cancellationToken);
        await using var file = Create(path);
        var whole = false;
        try
        {
            await using var result = await provider.OpenResultAsync(providerJobId, index, either.Token);
            var downloaded = await CopyAsync(result, file, silence, either.Token);
            Check(result.Length, downloaded.Length);
            FlushToDisk(file);
            whole = true;
            return downloaded;
        }
        catch (OperationCanceledException ex) when (!cancellationToken.IsCancellationRequested)
        {
            throw BrokenOff("The provider stopped sending the video.", ex);
        }
        catch (Exception ex) when (ex is IOException or HttpRequestException)
        {
            throw BrokenOff("The connection to the provider broke while the video was being fetched.", ex);
        }
        finally
        {
            if (!whole)
            {
                DurableFile.TryDelete(path);
            }
        }
    }

    private async Task<DownloadedFile> CopyAsync(
        ProviderResult result, FileStream file, CancellationTokenSource silence, CancellationToken cancellationToken)
    {
        CheckSize(result.Length ?? 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long length = 0;
            while (true)
            {
                silence.CancelAfter(options.Value.IdleTimeout);
                var count = await result.Content.ReadAsync(buffer, cancellationToken);
                if (count == 0)
                {
                    return new DownloadedFile(length, Convert.ToHexStringLower(hash.GetHashAndReset()));
                }

                // Writing to a slow disk is not silence of the provider.
                silence.CancelAfter(Timeout.InfiniteTimeSpan);
                length += count;
                CheckSize(length);
                hash.AppendData(buffer, 0, count);
                await WriteAsync(file, buffer.AsMemory(0, count), cancellationToken);
                CrashPoint.Reach(CrashPoint.DownloadBegun);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void CheckSize(long length)
    {
        if (length > options.Value.MaxBytes)
        {
            throw new MediaRejectedException($"The video is larger than {options.Value.MaxBytes / (1024 * 1024)} MB.");
        }
    }

    private static void Check(long? announced, long arrived)
    {
        if (announced is { } expected && expected != arrived)
        {
            throw new VideoProviderException(
                FailureKind.ProviderDown, "The video arrived incomplete.", $"{expected} bytes were announced, {arrived} arrived.")
            {
                IsTransient = true,
            };
        }

        if (arrived == 0)
        {
            throw new MediaRejectedException("The file is empty.");
        }
    }

    // The exceptions of the disk and those of the connection are of the same types, so each is translated where it arises.
    private static FileStream Create(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw NoRoom(ex);
        }
    }

    private static async Task WriteAsync(FileStream file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException ex)
        {
            throw NoRoom(ex);
        }
    }

    private static void FlushToDisk(FileStream file)
    {
        try
        {
            CrashPoint.Reach(CrashPoint.DownloadWhole, file);
            file.Flush(flushToDisk: true);
        }
        catch (IOException ex)
        {
            throw NoRoom(ex);
        }
    }

    private static VideoStoreException NoRoom(Exception ex) => VideoStoreException.OfDisk("The download could not be written to the spool", ex);

    private static VideoProviderException BrokenOff(string message, Exception ex) =>
        new(FailureKind.ProviderDown, message, ex.GetType().Name, ex) { IsTransient = true };
}

/// <summary>What arrived.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
internal readonly record struct DownloadedFile(long Length, string Sha256);
