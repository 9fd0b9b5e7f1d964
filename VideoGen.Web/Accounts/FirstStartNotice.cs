using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using VideoGen.Web.Components;

namespace VideoGen.Web.Accounts;

/// <summary>
/// Says where the studio is and, at the first start, with which code it is opened. Written to the console and not to the log:
/// a log may go to places where the code has no business.
/// </summary>
internal sealed class FirstStartNotice(FirstStart firstStart, IServer server, TextWriter output) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SayAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped before it had quite started: nobody is left to tell.
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task SayAsync(CancellationToken cancellationToken)
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/') ?? "";
        await output.WriteLineAsync($"info: VideoGen is ready on {address}");
        if (await firstStart.IsOpenAsync(cancellationToken))
        {
            await output.WriteLineAsync($"info: First start. One-time code: {firstStart.Code}");
            await output.WriteLineAsync($"info: Make the first account at {address}{Urls.SetUp}");
        }

        await output.FlushAsync(cancellationToken);
    }
}
