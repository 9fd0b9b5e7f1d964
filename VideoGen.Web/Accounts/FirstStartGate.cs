using Microsoft.AspNetCore.Components.Endpoints;
using VideoGen.Web.Components;
using VideoGen.Web.Components.Account;

namespace VideoGen.Web.Accounts;

/// <summary>
/// While nobody has an account, every page leads to the one that makes the first; once somebody has, that page is not there.
/// </summary>
internal sealed class FirstStartGate(RequestDelegate next, FirstStart firstStart)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var page = context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;
        var isForPeople = page is not null || context.GetEndpoint() is null;
        var explainsAnError = context.Response.StatusCode != StatusCodes.Status200OK;
        if (isForPeople && !explainsAnError && await firstStart.IsOpenAsync(context.RequestAborted) != (page == typeof(SetUpPage)))
        {
            if (page == typeof(SetUpPage))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            }
            else
            {
                context.Response.Redirect(Urls.SetUp);
            }

            return;
        }

        await next(context);
    }
}
