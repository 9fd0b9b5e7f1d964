using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using VideoGen.Domain.Models;
using VideoGen.Domain.Prompts;
using VideoGen.Tests.Engine;
using VideoGen.Tests.LiveUpdates;
using VideoGen.Web.Components;
using VideoGen.Web.Gallery;
using VideoGen.Web.Jobs;
using VideoGen.Web.Jobs.Recovery;
using VideoGen.Web.LiveUpdates;
using VideoGen.Web.Prompts;
using VideoGen.Web.Providers;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Components.Pages;

/// <summary>A browser before the pages of a real application on a test database; nothing but the scheduler's clockwork is missing.</summary>
internal sealed class PageHarness : IAsyncDisposable
{
    // bUnit's own second is too short on a busy machine.
    static PageHarness() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    public PageHarness(
        EngineHarness engine, Guid personId, bool admin = false, IPromptRefiner? refiner = null, Action<IServiceCollection>? others = null)
    {
        Engine = engine;
        var services = Browser.Services;
        services.AddSingleton<AuthenticationStateProvider>(new SignedInAs(personId, admin));
        services.AddSingleton(engine.Get<TimeProvider>());
        services.AddSingleton(engine.Updates);
        services.AddSingleton(engine.Get<ModelCatalogue>());
        services.AddSingleton(engine.Get<VideoProviders>());
        services.AddSingleton(engine.Get<ReferenceImages>());
        services.AddSingleton(engine.Get<UsualTimesQuery>());
        services.AddSingleton(engine.Get<MyJobsQuery>());
        services.AddSingleton(engine.Get<JobQuery>());
        services.AddSingleton(engine.Get<JobSettingsQuery>());
        services.AddSingleton(engine.Get<CreateJobsCommand>());
        services.AddSingleton(refiner ?? new LocalPromptRefiner());
        services.AddSingleton(engine.Get<RecoverJobsCommand>());
        services.AddSingleton(engine.Get<RemixQuery>());
        services.AddSingleton(engine.Get<GalleryQuery>());
        services.AddSingleton(engine.Get<VideoQuery>());
        services.AddScoped<CircuitJobHub>();
        services.AddScoped<PersonClock>();
        services.AddScoped<Announcer>();
        services.AddRadzenComponents();
        others?.Invoke(services);
        Browser.AddBunitPersistentComponentState();
        Browser.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Browser.JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public BunitContext Browser { get; } = new();

    public EngineHarness Engine { get; }

    public Announcer Announcer => Browser.Services.GetRequiredService<Announcer>();

    public string Address => Browser.Services.GetRequiredService<NavigationManager>().Uri;

    public void GoTo(string path) => Browser.Services.GetRequiredService<NavigationManager>().NavigateTo(path);

    public ValueTask DisposeAsync() => Browser.DisposeAsync();
}
