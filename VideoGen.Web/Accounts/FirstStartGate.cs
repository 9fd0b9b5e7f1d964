using Microsoft.AspNetCore.Components.Endpoints;
using VideoGen.Web.Components;
using VideoGen.Web.Components.Account;

namespace VideoGen.Web.Accounts;

/// <summary>While nobody has an account, every page leads to the one that makes the first.</summary>
internal sealed class FirstStartGate(RequestDelegate next, FirstStart firstStart)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (IsForPeople(context) && await firstStart.IsOpenAsync(context.RequestAborted))
        {
            context.Response.Redirect(Urls.SetUp);
            return;
        }

        await next(context);
    }

    private static bool IsForPeople(HttpContext context)
    {
        if (context.Response.StatusCode != StatusCodes.Status200OK)
        {
            return false; // a page that explains an error
        }

        var endpoint = context.GetEndpoint();
        return endpoint is null || (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is { } page && page.Type != typeof(SetUpPage));
    }
}
