using Microsoft.Playwright;
using VideoGen.Tests.Browser.Pages;

namespace VideoGen.Tests.Browser;

/// <summary>A server in which the first account has been made, with models that are quick enough for tests.</summary>
public sealed class Studio(Chromium chromium) : IAsyncLifetime
{
    /// <summary>Who owns the first account.</summary>
    internal static readonly Somebody Mara = new("Mara Halden", "mara@halden.example", "violet otter 7 umbrellas");

    // The renderer that is shipped in small and in slow, a model that is retired and one without a key.
    private const string Catalogue = """
        { "models": [
          { "provider": "local", "providerName": "Local renderer", "id": "title-sequence", "name": "Title sequence", "description": "No AI model; free and works offline.",
            "sizes": ["320x180", "1280x720", "180x320"], "durations": [2, 4, 20], "frameRates": [24, 60], "maxPromptLength": 300, "maxVariations": 4,
            "referenceImage": true, "seed": true, "price": { "perVideo": 0 }, "usualTime": { "min": 2, "max": 30 } },
          { "provider": "openai", "providerName": "OpenAI", "id": "sora-2", "name": "sora-2", "sizes": ["1280x720"], "durations": [4, 8],
            "lifecycle": { "retiredOn": "2026-09-24", "substitute": "local/title-sequence" }, "price": { "perSecond": 0.1 }, "usualTime": { "min": 60, "max": 180 } },
          { "provider": "runway", "providerName": "Runway", "id": "gen-4.5", "name": "Gen-4.5", "sizes": ["1280x720"], "durations": [5, 10],
            "price": { "perSecond": 0.12 }, "usualTime": { "min": 60, "max": 240 } } ] }
        """;

    private StudioServer? _server;
    private string? _signedIn;

    internal StudioServer Server => _server ?? throw new InvalidOperationException("The server has not been started.");

    public async ValueTask InitializeAsync()
    {
        // One render at a time, so that one job can be seen waiting for another.
        _server = await StudioServer.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Providers:Local:MaxConcurrentRenders"] = "1" }, Catalogue);
        await using var visitor = await Visitor.EnterAsync(chromium.Browser, Server.Address);
        await SetUpPage.MakeFirstAccountAsync(visitor, Mara, await Server.SetUpCodeAsync());
        _signedIn = await visitor.Page.Context.StorageStateAsync();
    }

    /// <summary>Mara at a browser of her own, signed in.</summary>
    internal Task<Visitor> MaraAsync() => Visitor.EnterAsync(chromium.Browser, Server.Address, _signedIn);

    /// <summary>Somebody who has not signed in.</summary>
    internal Task<Visitor> StrangerAsync() => Visitor.EnterAsync(chromium.Browser, Server.Address);

    /// <summary>Somebody whom Mara has just added, signed in with a password of their own.</summary>
    internal async Task<Visitor> NewcomerAsync(string name)
    {
        var somebody = new Somebody(name, $"{Guid.NewGuid():N}@halden.example", "crimson heron 41 lanterns");
        await using var mara = await MaraAsync();
        await mara.GoAsync("/admin/people");
        var given = await new PeoplePage(mara.Page).AddAsync(somebody.Name, somebody.Email);

        var newcomer = await StrangerAsync();
        await new SignInPage(newcomer.Page).SignInAsync(somebody.Email, given);
        await new AccountPage(newcomer.Page).ChangePasswordAsync(given, somebody.Password);
        await Assertions.Expect(newcomer.Page).ToHaveURLAsync("/account?changed=true");
        return newcomer;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}

/// <summary>A person with an account, and what they type to sign in.</summary>
internal sealed record Somebody(string Name, string Email, string Password);
