using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.FileProviders;
using Radzen;

namespace VideoGen.Web.Components;

/// <summary>The pages and what they share.</summary>
internal static class StudioSetup
{
    // A prompt of the greatest length, each character in the longest form that JSON has for it.
    private const int LargestBrowserMessage = 512 * 1024;

    private static readonly PathString StatusPath = "/status";

    public static WebApplicationBuilder AddStudio(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(options => options.MaximumReceiveMessageSize = LargestBrowserMessage);
        services.AddCascadingAuthenticationState();
        services.AddRadzenComponents();
        services.TryAddScoped<PersonClock>();
        services.TryAddScoped<Announcer>();
        return builder;
    }

    /// <summary>Pages for what is not there and for faults. First in the pipeline: it covers everything after it.</summary>
    public static WebApplication UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(Urls.Error, createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute(StatusPath + "/{0}", createScopeForStatusCodePages: true);
        app.Use(ShowErrorPageAsync);
        return app;
    }

    /// <summary>The hand-made files; open to everybody, as the sign-in page needs them.</summary>
    public static WebApplication UseStudioAssets(this WebApplication app)
    {
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(StudioAssets.Folder),
            RequestPath = StudioAssets.RequestPath,
            OnPrepareResponse = context => context.Context.Response.Headers.CacheControl =
                context.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache",
        });

        // What is not in the folder is not anywhere: without this a stranger would be sent to sign in for a missing picture.
        app.Map(StudioAssets.RequestPath, missing => missing.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }));
        return app;
    }

    public static WebApplication MapStudio(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }

    /// <summary>
    /// A page is shown for the answer, whatever the request was: without its method, with which it would be refused again.
    /// </summary>
    private static async Task ShowErrorPageAsync(HttpContext context, RequestDelegate next)
    {
        var isStatus = context.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        if (isStatus || context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            context.Request.Method = HttpMethods.Get;
        }

        if (isStatus && context.Request.Path.StartsWithSegments(StatusPath, StringComparison.Ordinal, out var code))
        {
            context.Request.Path = code == "/404" ? Urls.NotFound : Urls.Error;
            context.SetEndpoint(null); // chosen for the path before
        }

        await next(context);

        // A refused form leaves an empty answer that calls itself a page, for which no page would be shown.
        if (context.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false, ContentLength: null or 0 })
        {
            context.Response.ContentType = null;
            context.Response.ContentLength = null;
        }
    }
}
