namespace VideoGen.Tests.Providers.AzureSora;

public sealed class AzureSoraMisbehaviourTests : MisbehavingProviderTests
{
    private protected override Task<ProviderRun> StartAsync() => ProviderRun.StartAsync("azure-sora", "azure-sora", "Providers:AzureSora", "/");
}
