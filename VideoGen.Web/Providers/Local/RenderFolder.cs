using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;

namespace VideoGen.Web.Providers.Local;

/// <summary>
/// The files of the renders. A render exists from the moment its request file does, and is finished when its video has its
/// final name; both appear by a rename, so neither is ever seen half written.
/// </summary>
internal sealed partial class RenderFolder(IOptions<LocalRendererOptions> options)
{
    private const string RequestEnding = ".json";
    private const string ReferenceEnding = ".reference";
    private const string FailureEnding = ".failed";
    private const string VideoEnding = ".mp4";
    private const string PartEnding = ".part.mp4";
    private const string ScriptEnding = ".ass";
    private const string TemporaryEnding = ".tmp";

    private static readonly string[] Scratch = [PartEnding, ScriptEnding];
    private static readonly string[] Endings = [RequestEnding, FailureEnding, VideoEnding, ReferenceEnding, .. Scratch];

    public string Root { get; } = Path.GetFullPath(options.Value.WorkFolder);

    /// <summary>Keys become file names, so nothing else is taken.</summary>
    public static bool IsKey(string key) => KeyPattern().IsMatch(key);

    public static string ReferenceName(string key) => key + ReferenceEnding;

    public static string ScriptName(string key) => key + ScriptEnding;

    public static string PartName(string key) => key + PartEnding;

    public bool Exists(string key) => IsKey(key) && File.Exists(FullName(key, RequestEnding));

    public bool HasVideo(string key) => Exists(key) && File.Exists(FullName(key, VideoEnding));

    /// <summary>The reference goes first: with the request in place everything is.</summary>
    public async Task AddAsync(string key, RenderRequest request, Stream? reference, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Root);
        if (reference is not null)
        {
            await WriteAsync(FullName(key, ReferenceEnding), file => reference.CopyToAsync(file, cancellationToken), cancellationToken);
        }

        await WriteAsync(
            FullName(key, RequestEnding), file => JsonSerializer.SerializeAsync(file, request, cancellationToken: cancellationToken), cancellationToken);
    }

    /// <exception cref="InvalidDataException">The file cannot be understood.</exception>
    public async Task<RenderRequest> ReadAsync(string key, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(FullName(key, RequestEnding));
        try
        {
            return await JsonSerializer.DeserializeAsync<RenderRequest>(file, cancellationToken: cancellationToken)
                ?? throw new InvalidDataException("The request file is empty.");
        }
        catch (JsonException ex)
        {
            throw new InvalidDataException("The request file cannot be read.", ex);
        }
    }

    public Task WriteScriptAsync(string key, string script, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(Path.Combine(Root, ScriptName(key)), script, cancellationToken);

    /// <summary>Gives the finished part its final name.</summary>
    public void Finish(string key)
    {
        var part = Path.Combine(Root, PartName(key));
        using (var file = new FileStream(part, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Flush(flushToDisk: true);
        }

        File.Move(part, FullName(key, VideoEnding), overwrite: true);
    }

    public FileStream OpenVideo(string key) => new(
        FullName(key, VideoEnding),
        new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, Share = FileShare.Read | FileShare.Delete });

    /// <summary>A render that failed stays failed: trying it at every start would fail the same way.</summary>
    public Task SaveFailureAsync(string key, JobFailure failure, CancellationToken cancellationToken) =>
        WriteAsync(
            FullName(key, FailureEnding), file => JsonSerializer.SerializeAsync(file, failure, cancellationToken: cancellationToken), cancellationToken);

    public async Task<JobFailure?> ReadFailureAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(FullName(key, FailureEnding));
            return await JsonSerializer.DeserializeAsync<JobFailure>(file, cancellationToken: cancellationToken);
        }
        catch (Exception ex) when (ex is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void RemoveScratch(string key) => Remove(key, Scratch);

    /// <summary>The request goes first, so that a crash in between does not bring the render back.</summary>
    public void Remove(string key)
    {
        if (IsKey(key))
        {
            Remove(key, Endings);
        }
    }

    /// <summary>Removes what a crash left behind and what is older than <paramref name="oldest"/>.</summary>
    /// <param name="isActive">Renders that are not touched.</param>
    /// <returns>The keys of the renders that are not finished.</returns>
    public IReadOnlyList<string> Sweep(DateTimeOffset oldest, Func<string, bool> isActive)
    {
        Directory.CreateDirectory(Root);
        List<string> pending = [];
        foreach (var file in new DirectoryInfo(Root).EnumerateFiles())
        {
            var key = file.Name[..Math.Max(0, file.Name.IndexOf('.', StringComparison.Ordinal))];
            if (!IsKey(key) || isActive(key))
            {
                continue;
            }

            var ending = file.Name[key.Length..];
            if (ending is RequestEnding)
            {
                if (file.LastWriteTimeUtc < oldest.UtcDateTime)
                {
                    Remove(key);
                }
                else if (!HasVideo(key) && !File.Exists(FullName(key, FailureEnding)))
                {
                    pending.Add(key);
                }
            }
            else if (Scratch.Contains(ending) || ending.EndsWith(TemporaryEnding, StringComparison.Ordinal) || (Endings.Contains(ending) && !Exists(key)))
            {
                file.Delete();
            }
        }

        return pending;
    }

    private void Remove(string key, string[] endings)
    {
        foreach (var ending in endings)
        {
            try
            {
                File.Delete(FullName(key, ending));
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
        }
    }

    private static async Task WriteAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var temporary = path + TemporaryEnding;
        try
        {
            await using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 81920, useAsync: true))
            {
                await write(file);
                await file.FlushAsync(cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private string FullName(string key, string ending) => Path.Combine(Root, key + ending);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_-]{0,99}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyPattern();
}
