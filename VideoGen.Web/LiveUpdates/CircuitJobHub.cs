using System.Collections.Immutable;
using Microsoft.AspNetCore.Components.Authorization;
using VideoGen.Web.Accounts;

namespace VideoGen.Web.LiveUpdates;

/// <summary>
/// The live updates of one circuit: one bounded subscription for the signed-in person, shared by all parts of all its pages.
/// Starts with the first listener, so a page that only prerenders costs nothing, and ends with the circuit.
/// </summary>
public sealed class CircuitJobHub(JobUpdates updates, AuthenticationStateProvider people) : IAsyncDisposable
{
    /// <summary>People cannot use more than four renders a second.</summary>
    public static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private ImmutableHashSet<CircuitJobListener> _listeners = [];
    private Task? _pumping;
    private bool _ended;

    /// <summary>
    /// Listens from this moment on. The first hint, <see cref="JobHint.Everything"/>, is there at once and closes the gap
    /// between a page's first load and its listening. May be called from any thread.
    /// </summary>
    public async Task<CircuitJobListener> ListenAsync()
    {
        var ownerId = (await people.GetAuthenticationStateAsync()).User.PersonId();
        var listener = new CircuitJobListener(Remove);
        lock (_gate)
        {
            if (_ended)
            {
                listener.Complete(failure: null);
                return listener;
            }

            ImmutableInterlocked.Update(ref _listeners, static (all, added) => all.Add(added), listener);
            if (_pumping is null or { IsCompleted: true })
            {
                // Subscribed before the task starts: nothing that happens from here on is missed.
                var subscription = updates.Subscribe(ownerId);

                // Off the circuit's dispatcher: a page that is busy rendering does not hold up the others.
                _pumping = Task.Run(() => PumpAsync(subscription, _ending.Token));
            }
        }

        listener.Offer(JobHint.Everything);
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        Task? pumping;
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            pumping = _pumping;
        }

        await _ending.CancelAsync();
        if (pumping is not null)
        {
            await pumping;
        }

        _ending.Dispose();
    }

    private async Task PumpAsync(JobSubscription subscription, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await foreach (var batch in subscription.ReadBatchesAsync(MinInterval, cancellationToken))
            {
                var hint = JobHint.Of(batch.Select(change => change.JobId));
                foreach (var listener in _listeners)
                {
                    listener.Offer(hint);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The circuit ended.
        }
        catch (Exception ex)
        {
            // Not lost: every listener rethrows it into its page.
            failure = ex;
        }
        finally
        {
            subscription.Dispose();
            foreach (var listener in _listeners)
            {
                listener.Complete(failure);
            }
        }
    }

    private void Remove(CircuitJobListener listener)
    {
        ImmutableInterlocked.Update(ref _listeners, static (all, removed) => all.Remove(removed), listener);
        listener.Complete(failure: null);
    }
}
