using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Radzen;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Accounts;
using VideoGen.Web.Components.Controls;
using VideoGen.Web.Jobs;
using VideoGen.Web.Jobs.Recovery;
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
    internal RecoverJobsCommand Recover { get; init; } = default!;

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

    private async Task ActAsync(RecoveryAction action)
    {
        if (!_acting && await Dialogs.AskAsync(Job!.Row, action) is { } order)
        {
            await OrderAsync(order);
        }
    }

    private async Task DecideAsync()
    {
        if (!_acting && await UnconfirmedDialog.AskAsync(Dialogs, Job!.Row) is { } order)
        {
            await OrderAsync(order);
        }
    }

    private async Task OrderAsync(RecoveryOrder order)
    {
        var result = await ExecuteAsync(order);
        if (result is { ForceWouldDo: true, Reason: { } obstacle } && order.Action is RecoveryAction.Reset
            && await Dialogs.AskToForceAsync(Job!.Row, obstacle) is { } forced)
        {
            result = await ExecuteAsync(forced);
        }

        if (result is not null)
        {
            await Announcer.ToastAsync(JobActions.Answer(order.Action, result));
        }
    }

    /// <returns><see langword="null"/> when another action is under way.</returns>
    private async Task<RecoveryResult?> ExecuteAsync(RecoveryOrder order)
    {
        if (_acting)
        {
            return null;
        }

        _acting = true;
        try
        {
            var personId = (await People.GetAuthenticationStateAsync()).User.PersonId();
            var results = await Recover.ExecuteAsync(personId, order, CancellationToken.None);
            await LoadAsync();
            return results[0];
        }
        finally
        {
            _acting = false;
        }
    }
}
