namespace VideoGen.Tests;

/// <summary>Tests that load the machine by themselves run after all others and alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LoadCollection
{
    public const string Name = "Load";
}
