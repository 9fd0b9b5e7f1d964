using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Tests.Architecture;

namespace VideoGen.Tests.Providers.Vendors;

/// <summary>
/// The vendors' own clients, run as their customers run them: by Node, unchanged. ./test installs them from
/// VideoGen.Tests/Simulator/Clients.
/// </summary>
internal static class VendorClient
{
    private const int OldestNode = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string Folder = Path.Combine(Repository.Root, "VideoGen.Tests", "Simulator", "Clients");

    /// <summary>Has a vendor's client make a video and fetch it.</summary>
    /// <param name="vendor">A file of the folder without its ending.</param>
    /// <param name="address">The dialect's address.</param>
    /// <param name="request">What that file wants to be told.</param>
    public static async Task<VendorResult> MakeAsync(string vendor, Uri address, JsonObject request)
    {
        await SkipWithoutNodeAsync();
        var (exitCode, output, errors) = await RunAsync("node", "make.mjs", vendor, address.AbsoluteUri, request.ToJsonString());
        Assert.True(exitCode == 0, $"The client of {vendor} failed:\n{errors}");
        return JsonSerializer.Deserialize<VendorResult>(output, JsonSerializerOptions.Web)!;
    }

    // The clients use what older ones lack, such as File and WebStreams. Debian 12 comes with Node 18.
    private static async Task SkipWithoutNodeAsync()
    {
        var version = (await RunAsync("node", "--version")).Output.Trim();
        var major = int.Parse(version.TrimStart('v').Split('.')[0], CultureInfo.InvariantCulture);
        Assert.SkipUnless(major >= OldestNode, $"The vendors' clients need Node {OldestNode} or newer; here is {version}.");
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}

/// <summary>What a vendor's client brought home.</summary>
internal sealed record VendorResult(string Id, long Bytes, string Sha256);
