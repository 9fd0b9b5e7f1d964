namespace VideoGen.Tests.Providers.OpenAi;

public sealed class OpenAiMisbehaviourTests : MisbehavingProviderTests
{
    private protected override Task<ProviderRun> StartAsync() => ProviderRun.StartAsync("openai", "openai", "Providers:OpenAI", "/v1/");
}
