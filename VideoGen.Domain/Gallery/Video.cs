namespace VideoGen.Domain.Gallery;

/// <summary>A stored result: verified, hashed and playable. Made only together with the completion of its job; unique per (job, index).</summary>
public sealed class Video
{
    private Video()
    {
    }

    public Video(Guid jobId, Guid ownerId, int index, StoredFile file, MediaFacts facts, DateTimeOffset at)
    {
        Id = Guid.CreateVersion7(at);
        JobId = jobId;
        OwnerId = ownerId;
        Index = index;
        StoreKey = file.StoreKey;
        PosterKey = file.PosterKey;
        SizeBytes = file.SizeBytes;
        Sha256 = file.Sha256;
        Width = facts.Width;
        Height = facts.Height;
        Duration = facts.Duration;
        FrameRate = facts.FrameRate;
        Codec = facts.Codec;
        HasSound = facts.HasSound;
        CreatedAt = at;
    }

    public Guid Id { get; private set; }

    public Guid JobId { get; private set; }

    public Guid OwnerId { get; private set; }

    /// <summary>0 for the first file of the provider job.</summary>
    public int Index { get; private set; }

    public string StoreKey { get; private set; } = "";

    public string PosterKey { get; private set; } = "";

    public long SizeBytes { get; private set; }

    /// <summary>SHA-256 of the stored bytes, lower-case hex.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>Pixels, as measured in the file.</summary>
    public int Width { get; private set; }

    /// <inheritdoc cref="Width"/>
    public int Height { get; private set; }

    public TimeSpan Duration { get; private set; }

    /// <summary>Frames per second, as measured in the file.</summary>
    public double FrameRate { get; private set; }

    /// <summary>Name of the video codec as ffprobe says it, such as "h264".</summary>
    public string Codec { get; private set; } = "";

    public bool HasSound { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }
}

/// <summary>Where a verified file lies and what it is, byte for byte.</summary>
/// <param name="StoreKey">Key of the video in the store.</param>
/// <param name="PosterKey">Key of its poster (JPEG) in the store.</param>
/// <param name="SizeBytes">Length of the stored file.</param>
/// <param name="Sha256">SHA-256 of the stored bytes, lower-case hex.</param>
public sealed record StoredFile(string StoreKey, string PosterKey, long SizeBytes, string Sha256);

/// <summary>What was measured in a media file; see the properties of <see cref="Video"/>.</summary>
public sealed record MediaFacts(int Width, int Height, TimeSpan Duration, double FrameRate, string Codec, bool HasSound);
