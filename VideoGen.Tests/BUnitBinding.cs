using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace VideoGen.Tests;

/// <summary>Lets bUnit 2 bind to AngleSharp.Diffing 0.17; see build/FeedGaps.targets, gap 3.</summary>
internal static class BUnitBinding
{
    [ModuleInitializer]
    internal static void Register() => AssemblyLoadContext.Default.Resolving += (context, name) =>
    {
        var file = Path.Combine(AppContext.BaseDirectory, "bunit-diffing", name.Name + ".dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    };
}

/// <summary>Lets waits in component tests last as long as a busy machine needs; only a broken test reaches the limit.</summary>
internal static class BUnitPatience
{
    [ModuleInitializer]
    internal static void Set() => Bunit.BunitContext.DefaultWaitTimeout = TimeSpan.FromMinutes(1);
}
