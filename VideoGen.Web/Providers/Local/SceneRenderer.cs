using Microsoft.Extensions.Options;
using VideoGen.Web.Providers.Local.Design;
using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Web.Providers.Local;

/// <summary>Renders one request from its file to its video.</summary>
internal sealed class SceneRenderer(IOptions<LocalRendererOptions> options, RenderFolder folder, FontLibrary fonts)
{
    private readonly FfmpegRun _ffmpeg = new(options.Value.FfmpegPath, folder.Root);

    /// <exception cref="RenderFailedException">It can never be rendered like this.</exception>
    public async Task RenderAsync(string key, Action<int> started, Action<double> progress, CancellationToken cancellationToken)
    {
        // An ffmpeg of a killed server may still be ending: it keeps its file, this one gets a new one of that name.
        folder.RemoveScratch(key);
        var request = await folder.ReadAsync(key, cancellationToken);
        var book = await fonts.LoadAsync(cancellationToken);
        var scene = SceneDesigner.Design(request.Prompt, request.Seed, request.ToCanvas(), request.ReferenceFormat is not null, book);
        await folder.WriteScriptAsync(key, scene.Script.ToString(), cancellationToken);
        var arguments = FfmpegCommand.For(scene, key, request.ReferenceFormat, options.Value.ThreadsPerRender);
        await _ffmpeg.RunAsync(scene, arguments, started, progress, cancellationToken);
        folder.Finish(key);
    }
}
