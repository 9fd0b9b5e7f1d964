using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace VideoGen.Web.Data;

/// <summary>Lets Microsoft.Data.Sqlite 10 bind to SQLitePCLRaw 2.0.6 and to the system's SQLite library; see build/FeedGaps.targets, gap 2.</summary>
internal static class SqliteBinding
{
    [ModuleInitializer]
    internal static void Register()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "sqlite-binding");
        if (!Directory.Exists(folder))
        {
            return;
        }

        // The binder refuses a lower version by itself but accepts what this event returns.
        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            var file = Path.Combine(folder, name.Name + ".dll");
            return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        };
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
            string.Equals(name, "e_sqlite3", StringComparison.Ordinal) && NativeLibrary.TryLoad("libsqlite3.so.0", out var handle) ? handle : 0;

        var core = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(folder, "SQLitePCLRaw.core.dll"));
        var provider = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(folder, "SQLitePCLRaw.provider.e_sqlite3.dll"));
        var instance = Activator.CreateInstance(provider.GetType("SQLitePCL.SQLite3Provider_e_sqlite3", throwOnError: true)!);
        core.GetType("SQLitePCL.raw", throwOnError: true)!.GetMethod("SetProvider", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [instance]);
    }
}
