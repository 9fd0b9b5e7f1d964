namespace VideoGen.Web.Webhooks;

/// <summary>Reads no more of a stranger's request than it may hold.</summary>
internal static class WebhookBody
{
    /// <summary>Longest signed message. The specification advises 20 KB; Replicate sends its logs along.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>How much of a message that nobody reads is let pass.</summary>
    public const int MaxIgnoredBytes = 64 * 1024;

    private const int BufferSize = 16 * 1024;

    /// <summary>The bytes as they came, or <see langword="null"/> when there are too many.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        var buffer = new byte[BufferSize];
        int count;
        while ((count = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + count > MaxBytes)
            {
                return null;
            }

            await bytes.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        return bytes.ToArray();
    }

    /// <summary>Takes a short body off the connection, so that it can be used again; a long one costs its sender the connection.</summary>
    public static async Task IgnoreAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        for (var ignored = 0; ignored < MaxIgnoredBytes;)
        {
            var count = await request.Body.ReadAsync(buffer, cancellationToken);
            if (count == 0)
            {
                return;
            }

            ignored += count;
        }
    }
}
