using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Prompts;

namespace VideoGen.Web.Prompts;

/// <summary>Making prompts fit the models.</summary>
internal static class PromptsSetup
{
    public static WebApplicationBuilder AddPrompts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<RefinementOptions>()
            .BindConfiguration(RefinementOptions.SectionName)
            .ValidateDataAnnotations()
            .Validate(options => options.HasAddress, "Refinement:Endpoint must be an http or https address without a name or password in it.")
            .ValidateOnStart();
        services.TryAddSingleton<IPromptRefiner>(all => string.IsNullOrEmpty(all.GetRequiredService<IOptions<RefinementOptions>>().Value.ApiKey)
            ? new LocalPromptRefiner()
            : ActivatorUtilities.CreateInstance<ChatPromptRefiner>(all));
        return builder;
    }
}
