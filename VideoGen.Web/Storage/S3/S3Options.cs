using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using VideoGen.Web.Storage.Remote;

namespace VideoGen.Web.Storage.S3;

/// <summary>Which bucket of which S3-compatible service holds the videos. Section "Storage:S3".</summary>
public sealed class S3Options
{
    public const string SectionName = $"{StorageOptions.SectionName}:S3";

    /// <summary>The service's address, such as <c>https://minio.example.org:9000</c>; <see langword="null"/> for Amazon's own in <see cref="Region"/>.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The region that requests are signed for. Services with one region mostly take any.</summary>
    [Required]
    public string Region { get; set; } = "us-east-1";

    /// <summary>Must be there, and should not be public: videos are read through this server.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>Needs to get, put, delete and abort uploads in the bucket, and to list it: without that a missing object looks like a forbidden one.</summary>
    public string AccessKey { get; set; } = "";

    /// <summary>Best given by environment; signs requests and is never sent.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>Whether the bucket stands in the path (<c>host/bucket</c>) or before the host (<c>bucket.host</c>). Most services other than Amazon's need the path.</summary>
    public bool PathStyle { get; set; } = true;

    /// <summary>How often one request is sent again that the service was too busy for. None of them costs money.</summary>
    [Range(0, 3)]
    public int MaxRetries { get; set; } = 3;
}

internal sealed class S3OptionsCheck : IValidateOptions<S3Options>
{
    public ValidateOptionsResult Validate(string? name, S3Options options)
    {
        string?[] problems =
        [
            options.Endpoint is null ? null : StoreSettings.AddressProblem($"{S3Options.SectionName}:{nameof(S3Options.Endpoint)}", options.Endpoint),
            StoreSettings.BucketProblem($"{S3Options.SectionName}:{nameof(S3Options.Bucket)}", options.Bucket),
            StoreSettings.KeyProblem($"{S3Options.SectionName}:{nameof(S3Options.AccessKey)}", options.AccessKey),
            StoreSettings.KeyProblem($"{S3Options.SectionName}:{nameof(S3Options.SecretKey)}", options.SecretKey),
        ];
        return problems.OfType<string>().ToList() is { Count: > 0 } all ? ValidateOptionsResult.Fail(all) : ValidateOptionsResult.Success;
    }
}
