using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers;

namespace VideoGen.Web.Jobs.Recovery;

/// <summary>Asks a provider about one of its jobs, once, for a person who waits for the answer.</summary>
internal sealed partial class ProviderLook(VideoProviders providers, TimeProvider clock, ILogger<ProviderLook> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<ProviderSight> AtAsync(string providerId, string providerJobId, CancellationToken cancellationToken)
    {
        if (providers.Find(providerId) is not { } provider)
        {
            return new ProviderSight(Job: null, "It is not set up here any more.");
        }

        using var timeout = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return new ProviderSight(await provider.CheckAsync(providerJobId, either.Token), Trouble: null);
        }
        catch (VideoProviderException ex) when (ex.Kind is FailureKind.LostAtProvider)
        {
            return new ProviderSight(Job: null, Trouble: null);
        }
        catch (VideoProviderException ex)
        {
            return new ProviderSight(Job: null, ex.Message);
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotSeen(ex, providerId);
            return new ProviderSight(Job: null, "It did not answer.");
        }
    }

    /// <summary>Stops a provider job.</summary>
    /// <returns>Whether the provider was told; not every one can be.</returns>
    public async Task<bool> TryStopAsync(string providerId, string providerJobId, CancellationToken cancellationToken)
    {
        if (providers.Find(providerId) is not { Capabilities.CanCancel: true } provider)
        {
            return false;
        }

        using var timeout = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await provider.CancelAsync(providerJobId, either.Token);
            return true;
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotStopped(ex, providerId);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{ProviderId} could not be asked about a job that somebody takes in hand")]
    private partial void LogNotSeen(Exception exception, string providerId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{ProviderId} could not be told to stop a job that somebody has reset")]
    private partial void LogNotStopped(Exception exception, string providerId);
}

/// <summary>What a look at a provider showed.</summary>
/// <param name="Job">Its answer, or <see langword="null"/>.</param>
/// <param name="Trouble">Why it could not be asked, or <see langword="null"/>. Neither: it knows no such job.</param>
internal readonly record struct ProviderSight(ProviderJob? Job, string? Trouble)
{
    public bool IsUnknown => Job is null && Trouble is null;
}
