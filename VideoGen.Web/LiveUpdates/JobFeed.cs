using Microsoft.AspNetCore.Components;

namespace VideoGen.Web.LiveUpdates;

/// <summary>
/// Renders nothing. Raises <see cref="OnChanged"/> once when connected and again whenever the signed-in person's jobs change.
/// The one place where background updates enter the UI.
/// </summary>
public sealed class JobFeed : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _disposing = new();
    private Task _listening = Task.CompletedTask;

    [Inject]
    public required CircuitJobHub Hub { get; init; }

    /// <summary>Raised on the circuit's dispatcher, never twice at once; what changes meanwhile is told with the next.</summary>
    [Parameter]
    [EditorRequired]
    public EventCallback<JobHint> OnChanged { get; set; }

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
            using var listener = await Hub.ListenAsync();
            await foreach (var hint in listener.ReadAsync(cancellationToken))
            {
                await InvokeAsync(() => OnChanged.InvokeAsync(hint));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page went away.
        }
        catch (Exception ex)
        {
            // Fail this circuit's error boundary, not whoever published.
            await DispatchExceptionAsync(ex);
        }
    }
}
