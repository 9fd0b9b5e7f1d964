using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using VideoGen.Web.Accounts;
using VideoGen.Web.Components.Controls;
using VideoGen.Web.Repair;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Components.Pages.Admin;

/// <summary>Where videos are kept, and whether jobs, rows and files agree.</summary>
public sealed partial class StoragePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private StoreOverview? _overview;
    private string? _refusal;
    private Guid _self;
    private bool _starting;
    private bool _started;

    [Inject]
    internal StoreOverviewQuery Overview { get; init; } = null!;

    [Inject]
    internal StartRepairCommand StartRepair { get; init; } = null!;

    [Inject]
    public required Announcer Announcer { get; init; }

    [Inject]
    public required AuthenticationStateProvider SignedIn { get; init; }

    private bool IsRunning => _started || _overview is { IsRunning: true };

    private bool IsBusy => _starting || IsRunning;

    private string? CountWords => _overview?.Open.Values.Sum() is { } open and > 0 ? Words.Count(open, "finding") : null;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _self = (await SignedIn.GetAuthenticationStateAsync()).User.PersonId();
        await LoadAsync();
    }

    private async Task LoadAsync() => _overview = await Overview.RunAsync(_leaving.Token);

    private async Task ShowEndAsync()
    {
        var wasStarted = _started;
        _started = false;
        _refusal = null;
        await LoadAsync();
        if (wasStarted && !IsRunning)
        {
            await Announcer.ToastAsync($"Checked: {CountWords ?? "nothing is wrong"}");
        }
    }

    private async Task CheckAsync()
    {
        if (IsBusy)
        {
            return;
        }

        _starting = true;
        try
        {
            var result = await StartRepair.ExecuteAsync(_self, _leaving.Token);
            _started = result is StartRepairResult.Started;
            _refusal = result switch
            {
                StartRepairResult.AlreadyRunning => "A check is running already. What it finds will stand here when it ends.",
                StartRepairResult.NotAllowed => "Only administrators can start a check.",
                _ => null,
            };
        }
        finally
        {
            _starting = false;
        }

        await LoadAsync();
    }

    private static string KindWords(StoreKind kind) => kind switch
    {
        StoreKind.Local => "A folder of this server",
        StoreKind.Supabase => "Supabase Storage",
        StoreKind.S3 => "S3",
    };
}
