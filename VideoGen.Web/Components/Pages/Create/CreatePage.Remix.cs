using Microsoft.AspNetCore.Components;
using VideoGen.Web.Jobs;

namespace VideoGen.Web.Components.Pages.Create;

// A remix: a video of the person's, remade by its own model with another prompt.
public sealed partial class CreatePage
{
    private string? _refusedRemix;

    /// <summary>A job whose video is to be remixed.</summary>
    [SupplyParameterFromQuery(Name = "remix")]
    public Guid? RemixOf { get; set; }

    [Inject]
    internal RemixQuery Remixes { get; init; } = default!;

    // A change to one video and the description of another are different texts.
    private string DraftName => RemixOf is { } jobId ? $"remix-{jobId}" : "prompt";

    // Nothing but the video's own model can remix it.
    private IReadOnlyList<ModelChoice> Choices => _form.Remix is null ? _choices : [.. _choices.Where(choice => choice.Model == _form.Model)];

    private async Task StartRemixAsync(Guid jobId)
    {
        var source = await Remixes.RunAsync(await PersonAsync(), jobId, CancellationToken.None);
        if (source?.Model is { } model)
        {
            _form.TakeRemix(source, model);
        }
        else
        {
            _refusedRemix = source is null ? "There is no such video to remix." : "This video cannot be remixed here.";
        }
    }

    private async Task ForgetRemixAsync()
    {
        var changes = _form.ForgetRemix();
        ReviewRefinement();
        _problems = [];
        _hint = changes.Count == 0 ? null : string.Join(' ', changes);
        await LearnUsualAsync();
        await Announcer.SayAsync("The video is removed. This makes a new one.");
        await FocusPromptAsync();
    }
}
