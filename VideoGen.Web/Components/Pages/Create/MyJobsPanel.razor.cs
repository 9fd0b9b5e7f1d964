using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Radzen;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Accounts;
using VideoGen.Web.Components.Controls;
using VideoGen.Web.Components.Pages.Jobs;
using VideoGen.Web.Jobs;
using VideoGen.Web.Jobs.Recovery;

namespace VideoGen.Web.Components.Pages.Create;

/// <summary>The person's jobs, live. A part of the page of its own, so that its updates leave the form alone.</summary>
public sealed partial class MyJobsPanel : ComponentBase
{
    private readonly JobNews _news = new();
    private readonly HashSet<Guid> _acting = [];

    [Inject]
    internal MyJobsQuery Query { get; init; } = default!;

    [Inject]
    internal RecoverJobsCommand Recover { get; init; } = default!;

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required Announcer Announcer { get; init; }

    [Inject]
    public required PersonClock Clock { get; init; }

    [Inject]
    public required AuthenticationStateProvider People { get; init; }

    /// <summary>Carried over from the first, plain rendering of the page, so that nothing flickers when it comes alive.</summary>
    [PersistentState]
    public MyJobs? Jobs { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (Jobs is null)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        Jobs = await Query.RunAsync(await PersonAsync(), Clock.StartOfToday, CancellationToken.None);
        if (_news.Of(Jobs) is { } sentence)
        {
            await Announcer.SayAsync(sentence);
        }
    }

    private async Task ActAsync(JobRow job, RecoveryAction action)
    {
        // Asked before the button is disabled: a disabled one could not get the focus back.
        if (await Dialogs.AskAsync(job, action) is not { } order || !_acting.Add(job.Id))
        {
            return;
        }

        try
        {
            var results = await Recover.ExecuteAsync(await PersonAsync(), order, CancellationToken.None);
            await Announcer.ToastAsync(JobActions.Answer(action, results[0]));
            await LoadAsync();
        }
        finally
        {
            _acting.Remove(job.Id);
        }
    }

    private async Task<Guid> PersonAsync() => (await People.GetAuthenticationStateAsync()).User.PersonId();

    private static string CountsOf(MyJobs jobs) => (jobs.RunningCount, jobs.WaitingCount) switch
    {
        (var running, 0) => Words.Say($"{running} running"),
        (0, var waiting) => Words.Say($"{waiting} waiting"),
        var (running, waiting) => Words.Say($"{running} running · {waiting} waiting"),
    };
}
