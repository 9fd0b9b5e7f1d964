using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Architecture;
using VideoGen.Web;
using VideoGen.Web.Data;

namespace VideoGen.Tests;

/// <summary>The rules of docs/architecture.md that no analyzer knows.</summary>
public sealed class ArchitectureTests
{
    private const BindingFlags AllMembers =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private const string Providers = "VideoGen.Web.Providers.";

    // How all of them speak HTTP; it knows none of them.
    private const string Transport = "Transport";

    private static readonly Assembly DomainAssembly = typeof(GenerationJob).Assembly;
    private static readonly Assembly WebAssembly = typeof(AppDbContext).Assembly;

    private static readonly Type[] NotForComponents =
        [typeof(DbContext), typeof(IServiceProvider), typeof(IServiceScopeFactory), typeof(IHttpContextAccessor)];

    private static readonly string[] DrawersNobodyOwns =
        ["Common", "Dtos", "Extensions", "Helpers", "Interfaces", "Managers", "Misc", "Services", "Shared", "Utilities", "Utils"];

    [Fact]
    public void Domain_References_OnlyTheBaseLibrary()
    {
        Assert.All(DomainAssembly.GetReferencedAssemblies(), reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Components_Inject_NoContextAndNoServiceLocator()
    {
        var components = WebAssembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IComponent))).ToList();
        var properties =
            from component in components
            from property in component.GetProperties(AllMembers)
            where property.IsDefined(typeof(InjectAttribute)) && IsNotForComponents(property.PropertyType)
            select $"{component.Name}.{property.Name}";
        var parameters =
            from component in components
            from constructor in component.GetConstructors(AllMembers)
            from parameter in constructor.GetParameters()
            where IsNotForComponents(parameter.ParameterType)
            select $"{component.Name}({parameter.Name})";

        // Its ScopedServices is a service locator by another name.
        var owning =
            from component in components
            where component.IsAssignableTo(typeof(OwningComponentBase))
            select component.Name;

        Assert.Empty(properties.Concat(parameters).Concat(owning));
    }

    [Fact]
    public void Methods_Async_NeverReturnVoid()
    {
        var offenders =
            from type in DomainAssembly.GetTypes().Concat(WebAssembly.GetTypes())
            from method in type.GetMethods(AllMembers)
            where method.IsDefined(typeof(AsyncStateMachineAttribute)) && method.ReturnType == typeof(void)
            select $"{type.Name}.{method.Name}";

        Assert.Empty(offenders);
    }

    [Fact]
    public void ProviderFolders_Know_OnlyTheDomainTransportAndTheirOwn()
    {
        // The data folder says where a provider that works on this machine may put its files; anybody may be where the process is killed.
        Type[] alsoKnown = [typeof(DataFolder), typeof(CrashPoint)];
        var offenders =
            from type in WebAssembly.GetTypes()
            let vendor = VendorOf(type)
            where vendor is not null
            from used in UsedTypes.Of(type)
            where used.Assembly == WebAssembly
                && !string.Equals(VendorOf(used), vendor, StringComparison.Ordinal)
                && !string.Equals(VendorOf(used), Transport, StringComparison.Ordinal)
                && !IsGenerated(used)
                && !alsoKnown.Contains(used)
            select $"{type.FullName} knows {used.FullName}";

        Assert.Empty(offenders.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Tests_Never_BlockAThread()
    {
        using var file = File.OpenRead(typeof(ArchitectureTests).Assembly.Location);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        var called =
            from handle in metadata.MemberReferences
            let member = metadata.GetMemberReference(handle)
            where member.Parent.Kind is HandleKind.TypeReference
            let type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent)
            select $"{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}";

        Assert.DoesNotContain("Thread.Sleep", called, StringComparer.Ordinal);
    }

    [Fact]
    public void Files_OfOurs_StayUnder400Lines()
    {
        var offenders =
            from file in Repository.Files()
            let lines = Repository.LinesOf(file)
            where lines > 400
            select $"{file} has {lines} lines";

        Assert.Empty(offenders);
    }

    [Fact]
    public void Program_Fits_OnAScreen()
    {
        Assert.InRange(Repository.LinesOf("VideoGen.Web/Program.cs"), 1, 59);
    }

    [Fact]
    public void Folders_Are_NamedAfterTheDomain()
    {
        Assert.DoesNotContain(
            Repository.Folders(),
            folder => folder.Split(Path.DirectorySeparatorChar).Intersect(DrawersNobodyOwns, StringComparer.OrdinalIgnoreCase).Any());
    }

    private static bool IsNotForComponents(Type type) => Array.Exists(NotForComponents, forbidden => forbidden.IsAssignableFrom(type));

    private static string? VendorOf(Type type) =>
        type.Namespace?.StartsWith(Providers, StringComparison.Ordinal) == true
            ? type.Namespace[Providers.Length..].Split('.')[0]
            : null;

    // The compiler's own: embedded attributes, inline arrays, data of literals.
    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.Namespace is null || type.Namespace.StartsWith("System.", StringComparison.Ordinal)
        || type.Namespace.StartsWith("Microsoft.", StringComparison.Ordinal);
}
