using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace VideoGen.Web.Providers.Local.Fonts;

/// <summary>Asks fontconfig once which fonts there are.</summary>
internal sealed partial class FontLibrary(IOptions<LocalRendererOptions> options, ILogger<FontLibrary> logger) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private FontBook? _book;

    public async Task<FontBook> LoadAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _book ??= await ListAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<FontBook> ListAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(options.Value.FontListPath, FontBook.ListArguments) { RedirectStandardOutput = true, UseShellExecute = false };
        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException("A new process was expected.");
            try
            {
                var book = FontBook.Parse(await process.StandardOutput.ReadToEndAsync(cancellationToken));
                await process.WaitForExitAsync(cancellationToken);
                return book;
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                throw;
            }
        }
        catch (Win32Exception ex)
        {
            LogNoFontList(ex, options.Value.FontListPath);
            return FontBook.Unknown;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Fonts cannot be listed with {Program}; titles are limited to Western letters. Install fontconfig.")]
    private partial void LogNoFontList(Exception exception, string program);
}
