using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VideoGen.Web.Storage.Remote;

namespace VideoGen.Web.Storage.S3;

/// <summary>Videos in a bucket of Amazon S3, or of a service that speaks its protocol.</summary>
internal static class S3Setup
{
    public static void AddS3Store(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<S3Options>().BindConfiguration(S3Options.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<S3Options>, S3OptionsCheck>());
        services.AddStoreClient(S3VideoStore.ClientName);
        services.TryAddSingleton<IAmazonS3>(all =>
            ClientOf(all.GetRequiredService<IOptions<S3Options>>().Value, all.GetRequiredService<IHttpClientFactory>()));
        services.TryAddSingleton<IVideoStore, S3VideoStore>();
    }

    private static AmazonS3Client ClientOf(S3Options options, IHttpClientFactory clients)
    {
        var config = new AmazonS3Config
        {
            AuthenticationRegion = options.Region,
            ForcePathStyle = options.PathStyle,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = options.MaxRetries,

            // The newer checksums trail the body, which many services other than Amazon's do not take. What is sent is signed with
            // its SHA-256, so that it is checked all the same.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            HttpClientFactory = new Clients(clients),
        };
        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }

        return new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
    }

    /// <summary>Has the vendor's client use connections like everybody else here.</summary>
    private sealed class Clients(IHttpClientFactory clients) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => clients.CreateClient(S3VideoStore.ClientName);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
