using Microsoft.Extensions.Options;
using VideoGen.Tests.Storage.Remote;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Storage;

[Trait("Req", "R-72")]
public sealed class StorageSetupTests
{
    private const string Secret = "not-a-key CANARY";

    [Fact]
    public async Task Start_NothingConfigured_UsesTheFolder()
    {
        await using var host = new StoreHost(new Dictionary<string, string?>(StringComparer.Ordinal));

        await host.StartAsync();

        Assert.IsType<LocalVideoStore>(Assert.Single(host.Stores));
    }

    [Theory]
    [InlineData("supabase", "Storage:Supabase:Url", null)]
    [InlineData("supabase", "Storage:Supabase:Url", "ftp://example.org")]
    [InlineData("supabase", "Storage:Supabase:Url", "https://user:" + "CANARY@example.org")]
    [InlineData("supabase", "Storage:Supabase:Url", "http://ref.supabase.co")]
    [InlineData("supabase", "Storage:Supabase:Url", "http://192.168.1.2:8000")]
    [InlineData("supabase", "Storage:Supabase:Url", "http://localhost.example.org")]
    [InlineData("supabase", "Storage:Supabase:ServiceKey", null)]
    [InlineData("supabase", "Storage:Supabase:ServiceKey", Secret)]
    [InlineData("supabase", "Storage:Supabase:Bucket", "No Bucket")]
    [InlineData("s3", "Storage:S3:Endpoint", "somewhere")]
    [InlineData("s3", "Storage:S3:Endpoint", "http://minio.example.org:9000")]
    [InlineData("s3", "Storage:S3:Bucket", null)]
    [InlineData("s3", "Storage:S3:Bucket", "a/b")]
    [InlineData("s3", "Storage:S3:AccessKey", null)]
    [InlineData("s3", "Storage:S3:SecretKey", null)]
    [InlineData("s3", "Storage:S3:SecretKey", Secret)]
    public async Task Start_SettingMissingOrWrong_NamesItAndNotItsValue(string kind, string setting, string? value)
    {
        var settings = Complete(kind);
        settings[setting] = value;
        await using var host = new StoreHost(settings);

        var error = await Assert.ThrowsAsync<OptionsValidationException>(host.StartAsync);

        Assert.Contains(setting, error.Message, StringComparison.Ordinal);
        Assert.Single(error.Failures);
        Assert.DoesNotContain("CANARY", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("supabase", "Storage:Supabase:Url", "http://localhost:54321")]
    [InlineData("supabase", "Storage:Supabase:Url", "http://127.0.0.1:54321")]
    [InlineData("s3", "Storage:S3:Endpoint", "http://[::1]:9000")]
    [InlineData("s3", "Storage:S3:Endpoint", "https://minio.example.org:9000")]
    public async Task Start_AddressThatIsPrivateOnItsWay_IsTaken(string kind, string setting, string address)
    {
        var settings = Complete(kind);
        settings[setting] = address;
        await using var host = new StoreHost(settings);

        await host.StartAsync();

        Assert.Single(host.Stores);
    }

    [Theory]
    [InlineData("Storage:Kind", "tape")]
    [InlineData("Storage:IdleTimeout", "soon")]
    public void Build_SettingOfNoSuchForm_NamesIt(string setting, string value)
    {
        var error = Assert.Throws<InvalidOperationException>(() =>
            new StoreHost(new Dictionary<string, string?>(StringComparer.Ordinal) { [setting] = value }));

        Assert.Contains(setting, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local")]
    [InlineData("supabase")]
    [InlineData("s3")]
    public async Task Start_OneStore_OthersNeedNoSettings(string kind)
    {
        await using var host = new StoreHost(Complete(kind));

        await host.StartAsync();

        Assert.Single(host.Stores);
    }

    private static Dictionary<string, string?> Complete(string kind) => new(
        kind switch
        {
            "supabase" => new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Storage:Supabase:Url"] = "https://ref.supabase.co",
                ["Storage:Supabase:ServiceKey"] = "sb_secret_x",
            },
            "s3" => new(StringComparer.Ordinal)
            {
                ["Storage:S3:Bucket"] = "videos",
                ["Storage:S3:AccessKey"] = "AKID",
                ["Storage:S3:SecretKey"] = "secret",
            },
            _ => [],
        },
        StringComparer.Ordinal)
    {
        ["Storage:Kind"] = kind,
    };
}
