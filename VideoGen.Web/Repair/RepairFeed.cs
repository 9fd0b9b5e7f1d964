using Microsoft.AspNetCore.Components;

namespace VideoGen.Web.Repair;

/// <summary>
/// Renders nothing. Raises <see cref="OnEnded"/> once when connected and again whenever a pass of this process has ended.
/// </summary>
public sealed class RepairFeed : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _disposing = new();
    private Task _listening = Task.CompletedTask;

    [Inject]
    internal RepairNews News { get; init; } = null!;

    /// <summary>Raised on the circuit's dispatcher, never twice at once.</summary>
    [Parameter]
    [EditorRequired]
    public EventCallback OnEnded { get; set; }

    public async ValueTask DisposeAsync()
    {
        var listening = _listening;
        await _disposing.CancelAsync();
        await listening;
        _disposing.Dispose();
    }

    // Not OnInitialized: that also runs while prerendering, where nobody is listening.
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _listening = ListenAsync(_disposing.Token);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                // Taken first: what ends while the page looks is told with the next.
                var ended = News.Ended;
                await InvokeAsync(OnEnded.InvokeAsync);
                await ended.WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page went away.
        }
        catch (Exception ex)
        {
            // Fail this circuit's error boundary.
            await DispatchExceptionAsync(ex);
        }
    }
}
