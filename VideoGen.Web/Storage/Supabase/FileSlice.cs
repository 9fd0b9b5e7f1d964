using System.Net;
using System.Net.Http.Headers;
using Microsoft.Win32.SafeHandles;
using VideoGen.Web.Storage.Remote;

namespace VideoGen.Web.Storage.Supabase;

/// <summary>A part of a file as the body of a request, read while it is sent.</summary>
internal sealed class FileSlice : HttpContent
{
    private const int BufferSize = 64 * 1024;

    private readonly SafeFileHandle _file;
    private readonly long _offset;
    private readonly int _length;
    private readonly Silence _silence;

    public FileSlice(SafeFileHandle file, long offset, int length, Silence silence)
    {
        (_file, _offset, _length, _silence) = (file, offset, length, silence);
        Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => CopyAsync(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        CopyAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    private async Task CopyAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        var sent = 0;
        while (sent < _length)
        {
            var count = await RandomAccess.ReadAsync(_file, buffer.AsMemory(0, Math.Min(BufferSize, _length - sent)), _offset + sent, cancellationToken);
            if (count == 0)
            {
                throw new EndOfStreamException("The file has become shorter while it was sent.");
            }

            await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            sent += count;
            _silence.Break();
        }
    }
}
