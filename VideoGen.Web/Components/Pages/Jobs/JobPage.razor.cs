using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Radzen;
using VideoGen.Web.Accounts;
using VideoGen.Web.Components.Controls;
using VideoGen.Web.Jobs;
using VideoGen.Web.LiveUpdates;

namespace VideoGen.Web.Components.Pages.Jobs;

/// <summary>One job: where it is, what went wrong, what can be done about it, and its whole history.</summary>
public sealed partial class JobPage : ComponentBase
{
    private bool _missing;
    private bool _acting;

    [Inject]
    internal JobQuery Query { get; init; } = default!;

    [Inject]
    internal CancelJobCommand Cancel { get; init; } = default!;

    [Inject]
    internal RetryJobCommand Retry { get; init; } = default!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required Announcer Announcer { get; init; }

    [Inject]
    public required AuthenticationStateProvider People { get; init; }

    [Parameter]
    public Guid JobId { get; set; }

    /// <summary>Carried over from the first, plain rendering of the page, so that nothing flickers when it comes alive.</summary>
    [PersistentState]
    public JobDetails? Job { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (Job?.Row.Id == JobId)
        {
            return;
        }

        Job = null;
        await LoadAsync();
        if (Job is null)
        {
            _missing = true;
            Navigation.ShowNotFound(RendererInfo);
        }
    }

    private async Task LoadAsync()
    {
        var person = (await People.GetAuthenticationStateAsync()).User;
        Job = await Query.RunAsync(person.PersonId(), JobId, withProviderDetail: person.IsInRole(Roles.Admin), CancellationToken.None);
    }

    private async Task LookAgainAsync(JobHint hint)
    {
        if (!hint.Concerns(JobId) && Job?.Row.Place is null)
        {
            return;
        }

        var before = Job is null ? null : StatusWords.Of(Job.Row).Say;
        await LoadAsync();
        if (Job is { } job && before is not null && !string.Equals(StatusWords.Of(job.Row).Say, before, StringComparison.Ordinal))
        {
            await Announcer.SayAsync($"{StatusWords.Of(job.Row).Say}: {job.Row.Title}.");
        }
    }

    private Task CancelAsync() => ActAsync(JobActions.CancelQuestion(Job!.Row), "Cancelling", Cancel.ExecuteAsync);

    private Task RetryAsync() => ActAsync(JobActions.RetryQuestion(Job!.Row), "Started again", Retry.ExecuteAsync);

    private async Task ActAsync(ConfirmationText? question, string done, Func<Guid, Guid, CancellationToken, Task<JobCommandResult>> command)
    {
        if (_acting || (question is not null && !await Dialogs.AskAsync(question)))
        {
            return;
        }

        _acting = true;
        try
        {
            var personId = (await People.GetAuthenticationStateAsync()).User.PersonId();
            var result = await command(personId, JobId, CancellationToken.None);
            await Announcer.ToastAsync(JobActions.Answer(result, done));
            await LoadAsync();
        }
        finally
        {
            _acting = false;
        }
    }
}
