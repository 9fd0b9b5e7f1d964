using Microsoft.AspNetCore.Components;
using VideoGen.Domain.Models;

namespace VideoGen.Web.Components;

/// <summary>Every address of this application, built in one place.</summary>
public static class Urls
{
    public const string Create = "/";
    public const string Gallery = "/gallery";
    /// <summary>What all addresses of administration begin with.</summary>
    public const string Admin = "/admin";

    public const string People = "/admin/people";
    public const string Models = "/admin/models";
    public const string Storage = "/admin/storage";
    public const string Account = "/account";
    public const string SetUp = "/setup";
    public const string SignOut = "/sign-out";
    public const string NotFound = "/not-found";
    public const string Error = "/error";

    private const string SignInPage = "/sign-in";

    /// <summary>The form, filled in with the settings of an earlier job.</summary>
    public static string CreateFrom(Guid jobId) => $"/?from={jobId}";

    /// <summary>The form for a remix of a job's video.</summary>
    public static string Remix(Guid jobId) => $"/?remix={jobId}";

    /// <summary>The form with a model chosen.</summary>
    public static string CreateWith(VideoModel model) => $"/?model={Uri.EscapeDataString($"{model.ProviderId}/{model.Id}")}";

    public static string Job(Guid jobId) => $"/jobs/{jobId}";

    public static string Video(Guid videoId) => $"/videos/{videoId}";

    /// <summary>The stored file, playable in ranges.</summary>
    public static string VideoFile(Guid videoId) => $"/media/videos/{videoId}";

    /// <summary>The stored file as a download with a name.</summary>
    public static string VideoDownload(Guid videoId) => $"/media/videos/{videoId}?download";

    public static string Poster(Guid videoId) => $"/media/posters/{videoId}";

    public static string JobReference(Guid jobId) => $"/media/jobs/{jobId}/reference";

    /// <summary>The sign-in page, which leads back to where the person wanted to go.</summary>
    public static string SignIn(string? returnTo = null) =>
        returnTo is null or Create ? SignInPage : $"{SignInPage}?returnUrl={Uri.EscapeDataString(returnTo)}";

    /// <summary>
    /// An address given from outside, if it leads to a page of ours; the start page otherwise. Browsers read "//host" and
    /// "/\host" as another site.
    /// </summary>
    public static string LocalOrStart(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : Create;

    /// <summary>Leads to the not-found page: with HTTP 404 while a page is first made, by navigation once it is alive.</summary>
    public static void ShowNotFound(this NavigationManager navigation, RendererInfo renderer)
    {
        if (renderer.IsInteractive)
        {
            navigation.NavigateTo(NotFound, new NavigationOptions { ForceLoad = true, ReplaceHistoryEntry = true });
        }
        else
        {
            navigation.NotFound();
        }
    }
}
