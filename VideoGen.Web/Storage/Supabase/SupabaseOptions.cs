using Microsoft.Extensions.Options;
using VideoGen.Web.Storage.Remote;

namespace VideoGen.Web.Storage.Supabase;

/// <summary>Which project of Supabase holds the videos. Section "Storage:Supabase".</summary>
public sealed class SupabaseOptions
{
    public const string SectionName = $"{StorageOptions.SectionName}:Supabase";

    private const string StoragePath = "storage/v1/";

    /// <summary>The project's address, such as <c>https://ref.supabase.co</c>. One with a path is taken as that of Storage itself.</summary>
    public Uri? Url { get; set; }

    /// <summary>The project's secret key (service role, or <c>sb_secret_…</c>). Best given by environment; sent to <see cref="Url"/> only.</summary>
    public string? ServiceKey { get; set; }

    /// <summary>Made, and kept from the public, when it is missing.</summary>
    public string Bucket { get; set; } = "generated-videos";

    /// <summary>Where Storage is, with a slash at its end.</summary>
    internal Uri Root => Url switch
    {
        { AbsolutePath: "/" } project => new Uri(project, StoragePath),
        { } storage when !storage.AbsolutePath.EndsWith('/') => new Uri(storage.AbsoluteUri + "/"),
        { } storage => storage,
        null => throw new InvalidOperationException($"{SectionName}:{nameof(Url)} is not set."),
    };
}

internal sealed class SupabaseOptionsCheck : IValidateOptions<SupabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, SupabaseOptions options)
    {
        string?[] problems =
        [
            StoreSettings.AddressProblem($"{SupabaseOptions.SectionName}:{nameof(SupabaseOptions.Url)}", options.Url),
            StoreSettings.KeyProblem($"{SupabaseOptions.SectionName}:{nameof(SupabaseOptions.ServiceKey)}", options.ServiceKey),
            StoreSettings.BucketProblem($"{SupabaseOptions.SectionName}:{nameof(SupabaseOptions.Bucket)}", options.Bucket),
        ];
        return problems.OfType<string>().ToList() is { Count: > 0 } all ? ValidateOptionsResult.Fail(all) : ValidateOptionsResult.Success;
    }
}
