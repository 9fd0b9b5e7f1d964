using System.Text;
using System.Text.RegularExpressions;
using VideoGen.Tests.App;

namespace VideoGen.Tests.Browser;

/// <summary>A server with a data folder of its own that can be ended and started again at the same address.</summary>
internal sealed partial class StudioServer : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    private readonly TestFolder _folder;
    private readonly Dictionary<string, string> _settings;
    private ServerProcess _process;

    private StudioServer(TestFolder folder, Dictionary<string, string> settings, ServerProcess process)
    {
        (_folder, _settings, _process) = (folder, settings, process);
    }

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    public string DataRoot => _folder.PathOf("data");

    /// <summary>What the running process has printed.</summary>
    public string Output => _process.Output;

    /// <param name="settings">What differs from a server with nothing configured.</param>
    /// <param name="catalogue">Another model catalogue than the one that is shipped.</param>
    public static async Task<StudioServer> StartAsync(IReadOnlyDictionary<string, string>? settings = null, string? catalogue = null)
    {
        var folder = new TestFolder();
        var all = new Dictionary<string, string>(settings ?? Nothing, StringComparer.Ordinal) { ["Data:RootPath"] = folder.PathOf("data") };
        if (catalogue is not null)
        {
            all["Catalogue:Path"] = folder.Write("models.json", Encoding.UTF8.GetBytes(catalogue));
        }

        var server = new StudioServer(folder, all, ServerProcess.Start(all));
        try
        {
            server.Address = await server._process.ReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The code that the first start prints for whoever reads the server's output.</summary>
    public async Task<string> SetUpCodeAsync()
    {
        await Eventually.HoldsAsync(() => PrintedCode().IsMatch(Output), describe: () => $"No code was printed:\n{Output}");
        return PrintedCode().Match(Output).Groups["code"].Value;
    }

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> StopAsync() => _process.StopAsync(StopLimit);

    /// <summary>Starts it again on the same folder and at the same address, after it has ended.</summary>
    /// <param name="change">Settings that differ this time.</param>
    public async Task StartAgainAsync(IReadOnlyDictionary<string, string>? change = null)
    {
        await _process.DisposeAsync();
        var settings = new Dictionary<string, string>(_settings, StringComparer.Ordinal) { ["ASPNETCORE_URLS"] = Address };
        foreach (var (key, value) in change ?? Nothing)
        {
            settings[key] = value;
        }

        _process = ServerProcess.Start(settings);
        await _process.ReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    [GeneratedRegex("One-time code: (?<code>[A-Z0-9]{4}-[A-Z0-9]{4})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PrintedCode();
}
