using VideoGen.Web.Storage;

namespace VideoGen.Web.Repair;

/// <summary>A stored file where programs of this machine can read it, with what its bytes are. Gone on disposal where it was fetched for that.</summary>
internal sealed class LocalCopy(string path, FileDigest digest, bool isOurs) : IDisposable
{
    public string Path => path;

    public FileDigest Digest => digest;

    public void Dispose()
    {
        if (isOurs)
        {
            DurableFile.TryDelete(path);
        }
    }
}
