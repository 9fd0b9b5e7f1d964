namespace VideoGen.Web.Storage.Remote;

/// <summary>Gives up on another machine that is silent for too long, however much there is to say in all.</summary>
internal sealed class Silence : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _tooLong;
    private readonly CancellationTokenSource _either;

    public Silence(TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        _limit = limit;
        _tooLong = new CancellationTokenSource(limit, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_tooLong.Token, cancellationToken);
    }

    /// <summary>Cancelled when it was silent for too long, or the caller gives up.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Something has moved: the limit begins anew.</summary>
    public void Break() => _tooLong.CancelAfter(_limit);

    public void Dispose()
    {
        _either.Dispose();
        _tooLong.Dispose();
    }
}
