using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;

namespace VideoGen.Web.Providers.Local;

/// <summary>What is known of a render in this life of the process. Safe from any thread.</summary>
internal sealed class Render : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private double _progress;

    public Render(string key, DateTimeOffset queuedAt)
    {
        (Key, QueuedAt) = (key, queuedAt);
        Cancelled = _cancel.Token;
    }

    public string Key { get; }

    public DateTimeOffset QueuedAt { get; }

    public ProviderJobState State { get; private set; } = ProviderJobState.Waiting;

    public JobFailure? Failure { get; private set; }

    /// <summary>Of ffmpeg, once it runs.</summary>
    public int? ProcessId { get; private set; }

    public double Progress => Volatile.Read(ref _progress);

    public bool HasEnded => _ended.Task.IsCompleted;

    public CancellationToken Cancelled { get; }

    /// <returns><see langword="false"/> when it was cancelled while it waited.</returns>
    public bool TryStart()
    {
        lock (_gate)
        {
            if (State != ProviderJobState.Waiting)
            {
                return false;
            }

            State = ProviderJobState.Running;
            return true;
        }
    }

    public void Dispose() => _cancel.Dispose();

    public void Began(int processId) => ProcessId = processId;

    public void Report(double progress) => Volatile.Write(ref _progress, Math.Max(Progress, progress));

    /// <param name="wasStopped">The server stops: it is neither done nor failed, and goes back to waiting for the next start.</param>
    public void End(JobFailure? failure, bool wasStopped)
    {
        lock (_gate)
        {
            Failure = failure;
            State = failure is not null ? ProviderJobState.Failed
                : Cancelled.IsCancellationRequested ? ProviderJobState.Cancelled
                : wasStopped ? ProviderJobState.Waiting
                : ProviderJobState.Finished;
        }

        _ended.TrySetResult();
    }

    /// <summary>Stops it and waits until nothing of it runs. Does nothing to one that has ended.</summary>
    public async Task CancelAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (State == ProviderJobState.Waiting)
            {
                State = ProviderJobState.Cancelled;
                _ended.TrySetResult();
            }
        }

        if (HasEnded)
        {
            return;
        }

        await _cancel.CancelAsync();
        await _ended.Task.WaitAsync(cancellationToken);
    }
}
