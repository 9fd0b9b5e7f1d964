using System.Runtime.CompilerServices;

namespace VideoGen.Web.Storage.Supabase;

/// <summary>
/// Walks through a bucket that is only listed folder by folder: owners, their jobs, the files of each. At most one page of each of
/// the three is held.
/// </summary>
/// <param name="readPage">Gives the page of a folder that begins at an offset; an empty one at its end.</param>
/// <param name="after">The key behind which it goes on; <see langword="null"/> begins at the first.</param>
internal sealed class SupabaseFolders(Func<string, int, CancellationToken, Task<IReadOnlyList<SupabaseEntry>>> readPage, string? after)
{
    // "owner/job/file".
    private const int FileDepth = 2;

    /// <summary>Whether the bucket, as far as it was read, holds nothing at all.</summary>
    public bool IsEmpty { get; private set; } = true;

    public IAsyncEnumerable<StoredEntry> ReadAsync(CancellationToken cancellationToken) =>
        ReadAsync("", after?.Split('/') ?? [], cancellationToken);

    /// <param name="passed">The way to the last key within this folder; empty when all of it is still to come.</param>
    private async IAsyncEnumerable<StoredEntry> ReadAsync(
        string folder, ReadOnlyMemory<string> passed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isOfFiles = folder.AsSpan().Count('/') == FileDepth;
        var last = passed.IsEmpty ? null : passed.Span[0];
        await foreach (var entry in EntriesAsync(folder, cancellationToken))
        {
            var order = last is null ? 1 : string.CompareOrdinal(entry.Name, last);
            if (order < 0 || entry.Id is not null != isOfFiles || !StoreKeys.IsPart(entry.Name))
            {
                continue;
            }

            if (!isOfFiles)
            {
                await foreach (var file in ReadAsync($"{folder}{entry.Name}/", order == 0 ? passed[1..] : default, cancellationToken))
                {
                    yield return file;
                }
            }
            else if (order > 0)
            {
                yield return new StoredEntry(folder + entry.Name, entry.Metadata?.Size ?? 0, entry.UpdatedAt ?? DateTimeOffset.MaxValue);
            }
        }
    }

    private async IAsyncEnumerable<SupabaseEntry> EntriesAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var offset = 0;
        while (await readPage(folder, offset, cancellationToken) is { Count: > 0 } page)
        {
            IsEmpty = false;
            offset += page.Count;
            foreach (var entry in page)
            {
                yield return entry;
            }
        }
    }
}
