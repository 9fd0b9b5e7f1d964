using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Tests.Providers.Google;

/// <summary>How Vertex AI is told who we are.</summary>
public sealed class VertexTokenTests
{
    private const string Model = "veo-3.1-generate-001";

    [Fact]
    [Trait("Req", "R-29")]
    public async Task Token_OfAServiceAccount_IsAskedForWithASignedStatement()
    {
        await using var run = await GoogleRun.StartAsync("vertex");

        await run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None);

        var asked = Assert.Single(TokenRequests(run));
        var parts = PartOf(asked, "assertion").Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        Assert.Equal("urn:ietf:params:oauth:grant-type:jwt-bearer", PartOf(asked, "grant_type"));
        GoogleRun.AssertBody("""{ "alg": "RS256", "typ": "JWT", "kid": "key-id" }""", JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!.AsObject());
        Assert.Equal("studio@project.iam.gserviceaccount.com", claims["iss"]!.GetValue<string>());
        Assert.Equal("https://www.googleapis.com/auth/cloud-platform", claims["scope"]!.GetValue<string>());
        Assert.EndsWith("/token", claims["aud"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(TestClock.Start.ToUnixTimeSeconds(), claims["iat"]!.GetValue<long>());
        Assert.Equal(3600, claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>());
        Assert.True(run.AccountKey.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public async Task Token_ForManyAtOnce_IsAskedForOnce()
    {
        await using var run = await GoogleRun.StartAsync("vertex");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None)));

        Assert.Single(TokenRequests(run));
    }

    [Theory]
    [InlineData(54, 1)]
    [InlineData(55, 2)]
    public async Task Token_ShortlyBeforeItEnds_IsAskedForAgain(int minutes, int times)
    {
        await using var run = await GoogleRun.StartAsync("vertex");
        var id = await run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None);
        run.Clock.Advance(TimeSpan.FromMinutes(minutes));

        await run.Provider.CheckAsync(id, CancellationToken.None);

        Assert.Equal(times, TokenRequests(run).Count);
    }

    [Fact]
    public async Task Token_Given_IsUsedAsItIs()
    {
        await using var run = await GoogleRun.StartAsync("vertex", ("Providers:Vertex:CredentialsFile", null), ("Providers:Vertex:AccessToken", GoogleRun.Key));

        await run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None);

        Assert.Empty(TokenRequests(run));
        Assert.Equal($"Bearer {GoogleRun.Key}", run.Only(Operation.Create).Headers["Authorization"]);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task SubmitAsync_AccountRefused_IsRefusedAndNothingIsSent()
    {
        await using var run = await GoogleRun.StartAsync("vertex");
        run.WriteAccount("nobody@example.com");

        var exception = await Assert.ThrowsAsync<VideoProviderException>(() => run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None));

        Assert.Equal((FailureKind.Credentials, false), (exception.Kind, exception.IsTransient));
        Assert.Contains("invalid_grant", exception.Detail, StringComparison.Ordinal);
        Assert.Equal(0, run.Ledger.Count("vertex", Operation.Create));
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task SubmitAsync_TokenEndpointDown_MayBeSentAgain()
    {
        await using var run = await GoogleRun.StartAsync("vertex");
        run.Misbehave(Operation.Other, MisbehaviourKind.ServerError);

        var exception = await Assert.ThrowsAsync<VideoProviderException>(() => run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None));

        Assert.Equal((FailureKind.ProviderDown, true), (exception.Kind, exception.IsTransient));
        Assert.Equal(0, run.Ledger.Count("vertex", Operation.Create));
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task SubmitAsync_CancelledBeforeThereIsAToken_MayBeSentAgain()
    {
        await using var run = await GoogleRun.StartAsync("vertex");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var exception = await Assert.ThrowsAsync<VideoProviderException>(() => run.Provider.SubmitAsync(GoogleRun.Request(Model), cancelled.Token));

        Assert.True(exception.IsTransient);
        Assert.Equal(0, run.Ledger.Count("vertex", Operation.Create));
    }

    [Fact]
    public async Task SubmitAsync_ServerCannotBeReached_MayBeSentAgain()
    {
        await using var run = await GoogleRun.StartAsync("vertex");
        await run.RefuseConnectionsAsync();

        var exception = await Assert.ThrowsAsync<VideoProviderException>(() => run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None));

        Assert.Equal((FailureKind.ProviderDown, true), (exception.Kind, exception.IsTransient));
    }

    [Theory]
    [Trait("Req", "R-29")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CheckAsync_AccountFileBroken_NamesTheSettingAndGivesNoJobUp(bool isJson)
    {
        await using var run = await GoogleRun.StartAsync("vertex");
        if (isJson)
        {
            run.WriteAccount("studio@project.iam.gserviceaccount.com", privateKey: "canary-of-a-private-key");
        }
        else
        {
            run.BreakAccountFile();
        }

        var exception = await Assert.ThrowsAsync<VideoProviderException>(
            () => run.Provider.CheckAsync($"projects/p/locations/l/publishers/google/models/{Model}/operations/1", CancellationToken.None));

        Assert.Equal((FailureKind.Credentials, true), (exception.Kind, exception.IsTransient));
        Assert.Contains("Providers:Vertex:CredentialsFile", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-of-a-private-key", exception.ToString() + exception.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddVertex_WithoutAnAccount_NamesTheSettingThatIsMissing()
    {
        await using var run = await GoogleRun.StartAsync("gemini");

        Assert.Equal("gemini", run.Provider.Id);
        Assert.Equal("Providers:Vertex:CredentialsFile", run.Missing("vertex").Setting);
    }

    private static List<LedgerEntry> TokenRequests(GoogleRun run) =>
        [.. run.Ledger.Entries("vertex").Where(entry => string.Equals(entry.Path, "/token", StringComparison.Ordinal))];

    private static string PartOf(LedgerEntry entry, string name) => entry.Parts.Single(part => string.Equals(part.Name, name, StringComparison.Ordinal)).Value!;
}
