using Microsoft.AspNetCore.Components;

namespace VideoGen.Web.Components.Layout;

/// <summary>The two live regions of every page: the sentence for screen readers and the toast.</summary>
public sealed partial class Announcements : ComponentBase, IDisposable
{
    private ITimer? _timer;
    private Toast? _shown;

    [Inject]
    public required Announcer Announcer { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public void Dispose()
    {
        Announcer.ShowIn(null);
        _timer?.Dispose();
    }

    protected override void OnInitialized() => Announcer.ShowIn(() => InvokeAsync(() =>
    {
        if (Announcer.Toast is { } toast && toast != _shown)
        {
            _shown = toast;
            Release();
        }

        StateHasChanged();
    }));

    // A toast that is being read or reached for stays.
    private void Hold() => _timer?.Dispose();

    private void Release()
    {
        _timer?.Dispose();
        if (_shown is { } toast)
        {
            _timer = Clock.CreateTimer(_ => _ = InvokeAsync(() => Close(toast)), null, toast.Stands, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task UndoAsync(Toast toast)
    {
        Close(toast);
        await toast.Undo!();
    }

    private void Close(Toast toast)
    {
        Announcer.Close(toast);
        StateHasChanged();
    }
}
