using Microsoft.Extensions.Options;

namespace VideoGen.Web.Data;

/// <summary>The data folder with its rooms, as full paths. The rooms exist once this does.</summary>
public sealed class DataFolder
{
    public DataFolder(IOptions<DataOptions> options)
    {
        Root = Path.GetFullPath(options.Value.RootPath);
        DatabaseFile = Path.Combine(Root, "videogen.db");
        Spool = Make("spool");
        Videos = Make("store");
        Renders = Make("renders");
        Keys = Make("keys");
    }

    public string Root { get; }

    /// <summary>The SQLite file; not there when PostgreSQL is used.</summary>
    public string DatabaseFile { get; }

    /// <summary>Where downloads wait until they are stored.</summary>
    public string Spool { get; }

    /// <summary>What the local store holds.</summary>
    public string Videos { get; }

    /// <summary>Working folder of the local renderer.</summary>
    public string Renders { get; }

    /// <summary>Keys of Data Protection.</summary>
    public string Keys { get; }

    private string Make(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
}
