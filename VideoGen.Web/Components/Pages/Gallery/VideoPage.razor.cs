using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using VideoGen.Web.Accounts;
using VideoGen.Web.Gallery;
using VideoGen.Web.LiveUpdates;

namespace VideoGen.Web.Components.Pages.Gallery;

/// <summary>One video: the player, what it was made from, and its history.</summary>
public sealed partial class VideoPage : ComponentBase
{
    private bool _missing;
    private bool _unplayable;

    [Inject]
    internal VideoQuery Query { get; init; } = default!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required AuthenticationStateProvider People { get; init; }

    [Parameter]
    public Guid VideoId { get; set; }

    /// <summary>Carried over from the first, plain rendering of the page, so that the player does not start twice.</summary>
    [PersistentState]
    public VideoDetails? Video { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (Video?.Id == VideoId)
        {
            return;
        }

        (Video, _unplayable) = (null, false);
        await LoadAsync();
        if (Video is null)
        {
            _missing = true;
            Navigation.ShowNotFound(RendererInfo);
        }
    }

    private async Task LoadAsync()
    {
        var personId = (await People.GetAuthenticationStateAsync()).User.PersonId();
        Video = await Query.RunAsync(personId, VideoId, CancellationToken.None);
    }

    // Others that were asked for together may have finished meanwhile.
    private async Task LookAgainAsync(JobHint hint)
    {
        if (Video is { } video && video.BatchJobIds.Any(hint.Concerns))
        {
            await LoadAsync();
        }
    }
}
