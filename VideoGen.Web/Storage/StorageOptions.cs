using System.ComponentModel.DataAnnotations;

namespace VideoGen.Web.Storage;

/// <summary>Where videos are kept. Section "Storage".</summary>
public sealed class StorageOptions
{
    public const string SectionName = "Storage";

    /// <summary>Which store; the settings of the others are not looked at.</summary>
    public StoreKind Kind { get; set; } = StoreKind.Local;

    /// <summary>How long a store across a network may take to answer, or to take or give the next bytes. It is a limit on silence, not on size.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many entries a store across a network is asked for at once when its content is listed. None gives more than 1000.</summary>
    [Range(1, 1000)]
    public int ListPageSize { get; set; } = 500;
}

/// <summary>The stores there are.</summary>
public enum StoreKind
{
    /// <summary>A folder of this machine: <c>store</c> in the data folder.</summary>
    Local,

    /// <summary>Supabase Storage.</summary>
    Supabase,

    /// <summary>Amazon S3, or a service that speaks its protocol.</summary>
    S3,
}
