namespace VideoGen.Web.Repair;

/// <summary>What the repair finds. Stored by name.</summary>
public enum RepairKind
{
    /// <summary>A completed job without the row of a video whose file lies in the store. Mended: the row is added.</summary>
    VideoWithoutRow,

    /// <summary>The same without a usable file, which the provider most likely still has. Reported.</summary>
    VideoAtProvider,

    /// <summary>The same, and the provider's copy has expired or was released. Reported.</summary>
    VideoLost,

    /// <summary>The same with a file that cannot be read or stored just now. Reported.</summary>
    ResultUnreadable,

    /// <summary>A video's row without its file. Reported.</summary>
    FileMissing,

    /// <summary>A video without its poster. Mended: it is made again; reported when no picture can be decoded.</summary>
    PosterMissing,

    /// <summary>A stored file that has another length or SHA-256 than its row says. Reported, never replaced or removed.</summary>
    FileChanged,

    /// <summary>A stored file in which no video is found any more. Reported.</summary>
    FileUnplayable,

    /// <summary>A stored file that cannot be read to its end, while others can. Reported.</summary>
    FileUnreadable,

    /// <summary>A video or poster in the store that no row tells of and nobody waits for. Reported, never removed.</summary>
    FileWithoutRow,

    /// <summary>A reference image that no job uses. Reported, never removed.</summary>
    ImageUnused,
}
