using System.Text.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VideoGen.Web.Data;

namespace VideoGen.Web.Providers.Transport;

/// <summary>Registers how providers call back.</summary>
internal static class CallbackSetup
{
    /// <summary>The addresses that providers without signatures are given; see <see cref="CallbackAddresses"/>.</summary>
    public static void AddCallbackAddresses(this IServiceCollection services)
    {
        services.AddOptions<CallbackOptions>().BindConfiguration(CallbackOptions.SectionName).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CallbackOptions>, CallbackOptionsCheck>());
        services.TryAddSingleton(static provider => new CallbackKey(() => provider.GetRequiredService<DataFolder>().Keys));
        services.TryAddSingleton<CallbackAddresses>();
    }

    /// <summary>Opens <c>/webhooks/{id}</c> to a provider that signs as Standard Webhooks, where its secret is set.</summary>
    /// <param name="section">The provider's section in the configuration.</param>
    /// <param name="jobIdOf">See <see cref="ProviderCallback.JobIdOf"/>.</param>
    /// <exception cref="InvalidOperationException">The secret that is set is none.</exception>
    public static void AddProviderCallback(this WebApplicationBuilder builder, string id, string section, Func<JsonElement, string?> jobIdOf)
    {
        var setting = $"{section}:{WebhookSecret.Setting}";
        try
        {
            if (WebhookSecret.KeysOf(builder.Configuration[setting]) is { Count: > 0 } keys)
            {
                builder.Services.AddSingleton(new ProviderCallback(id, keys, jobIdOf));
            }
        }
        catch (FormatException ex)
        {
            throw new InvalidOperationException($"{setting} is no webhook secret: after \"whsec_\" there must be base64.", ex);
        }
    }
}
