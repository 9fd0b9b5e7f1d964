using Microsoft.AspNetCore.Components;
using Radzen;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Components.Controls;
using VideoGen.Web.Jobs;
using VideoGen.Web.Jobs.Recovery;

namespace VideoGen.Web.Components.Pages.Jobs;

/// <summary>Was this job sent or not? Closes with the person's order, or with nothing where they keep waiting.</summary>
public sealed partial class UnconfirmedDialog : ComponentBase
{
    private ElementReference _safe;
    private Choice _chosen = default!;
    private string _providerJobId = "";
    private string? _why;
    private string? _idError;
    private string? _whyError;

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required PersonClock Clock { get; init; }

    [Parameter, EditorRequired]
    public required JobRow Job { get; set; }

    private IReadOnlyList<Choice> Choices { get; set; } = [];

    public static async Task<RecoveryOrder?> AskAsync(DialogService dialogs, JobRow job) => (RecoveryOrder?)await dialogs.OpenAsync<UnconfirmedDialog>(
        "Was this job sent or not?",
        new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(Job)] = job },
        Confirmation.Sheet());

    protected override void OnInitialized()
    {
        Choices =
        [
            new(Action: null, "Keep looking", "It goes on by itself if it turns up. Free. Suggested.", "Keep looking"),
            new(RecoveryAction.Adopt, $"I have its {Job.ProviderName} job id", "Follow that job from now on. Free.", "Follow this job"),
            new(
                RecoveryAction.SubmitAgain,
                "It was not sent: send it again",
                $"{JobActions.CostOf(Job)} If the first one did start, both are charged.",
                Job.Cost is { } cost ? $"Send it again for {Words.Dollars(cost)}" : "Send it again"),
            new(RecoveryAction.GiveUp, "Close it as failed", $"Nothing is sent. If {Job.ProviderName} did start it, it may still charge for it.", "Close it as failed"),
        ];

        // The patient and free one.
        _chosen = Choices[0];
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _safe.FocusAsync();
        }
    }

    private void Choose(Choice choice)
    {
        _chosen = choice;
        _idError = null;
        _whyError = null;
    }

    private void Act()
    {
        if (_chosen.Action is not { } action)
        {
            Dialogs.Close(null);
            return;
        }

        var spends = action is RecoveryAction.SubmitAgain;
        _idError = action is RecoveryAction.Adopt && !RecoveryRules.CanBeProviderJobId(_providerJobId.Trim()) ? "Copy the id as the provider shows it." : null;
        _whyError = spends && string.IsNullOrWhiteSpace(_why) ? "Say why: it may be charged twice." : null;
        if (_idError is null && _whyError is null)
        {
            Dialogs.Close(RecoveryOrder.For(action, Job.Id) with { Force = spends, Reason = _why, ProviderJobId = _providerJobId });
        }
    }

    private sealed record Choice(RecoveryAction? Action, string Say, string With, string Act);
}
