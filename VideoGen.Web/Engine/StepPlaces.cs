using Microsoft.Extensions.Options;

namespace VideoGen.Web.Engine;

/// <summary>How much the engine of this process works on at once, whatever fires it. R-10 names 100.</summary>
internal sealed class StepPlaces(IOptions<EngineOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Value.MaxParallelSteps);

    /// <summary>Runs one piece of work as soon as there is a place.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}
