using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace VideoGen.Tests.App;

/// <summary>The real server as a process of its own on a given data folder, to be killed and started again.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly TaskCompletionSource<string> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _output = [];

    private ServerProcess(Process process)
    {
        _process = process;
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Everything it has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <param name="settings">Configuration keys with ":" between their parts.</param>
    /// <param name="crashAt">Where it ends itself, see CrashPoint; <see langword="null"/> for nowhere.</param>
    public static ServerProcess Start(IReadOnlyDictionary<string, string> settings, string? crashAt = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppFolder,
        };
        start.ArgumentList.Add(Path.Combine(AppFolder, "VideoGen.Web.dll"));
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        if (crashAt is not null)
        {
            start.Environment["VIDEOGEN_CRASH_AT"] = crashAt;
        }

        var process = new Process { StartInfo = start };
        var server = new ServerProcess(process);
        process.OutputDataReceived += (_, line) => server.Take(line.Data);
        process.ErrorDataReceived += (_, line) => server.Take(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Waits until it listens, and gives its address.</summary>
    public async Task<string> ReadyAsync()
    {
        var exited = _process.WaitForExitAsync();
        var first = await Task.WhenAny(_listening.Task, exited).WaitAsync(StartLimit);
        return first == exited
            ? throw new InvalidOperationException($"The server ended with {_process.ExitCode.ToString(CultureInfo.InvariantCulture)} before it listened:\n{Output}")
            : await _listening.Task;
    }

    /// <summary>Waits for it to end by itself.</summary>
    public async Task<int> ExitAsync(TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException ex)
        {
            throw new TimeoutException($"The server did not end within {limit}:\n{Output}", ex);
        }

        return _process.ExitCode;
    }

    /// <summary>Asks it to end, as Ctrl-C and service managers do, and waits until it has.</summary>
    public async Task<int> StopAsync(TimeSpan limit)
    {
        using (var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await signal.WaitForExitAsync();
        }

        return await ExitAsync(limit);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    // The application as built, beside the tests' own output folder.
    private static string AppFolder => Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "VideoGen.Web", new DirectoryInfo(AppContext.BaseDirectory).Name));

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Add(line);
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(match.Groups["address"].Value);
        }
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://127\.0\.0\.1:\d+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
