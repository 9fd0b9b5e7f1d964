namespace VideoGen.Tests.Architecture;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["artifacts", "data", "Migrations", "_framework", "node_modules"];

    private static readonly string[] Written = [".cs", ".razor", ".css", ".js", ".html", ".csproj", ".props", ".targets", ""];

    public static string Root { get; } = FindRoot();

    /// <summary>Every file that somebody wrote by hand, scripts included, as a path from the root.</summary>
    public static IEnumerable<string> Files() => Under(new DirectoryInfo(Root))
        .Where(file => Written.Contains(file.Extension, StringComparer.Ordinal))
        .Select(file => Path.GetRelativePath(Root, file.FullName));

    public static IEnumerable<string> Folders() => Files()
        .Select(file => Path.GetDirectoryName(file)!)
        .Distinct(StringComparer.Ordinal);

    public static int LinesOf(string file) => File.ReadLines(Path.Combine(Root, file)).Count();

    private static IEnumerable<FileInfo> Under(DirectoryInfo folder) => folder.EnumerateFiles()
        .Concat(folder.EnumerateDirectories()
            .Where(inner => !NotOurs.Contains(inner.Name, StringComparer.Ordinal) && (!inner.Name.StartsWith('.') || inner.Name is ".ci"))
            .SelectMany(Under));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VideoGen.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run from within their source tree.");
    }
}
