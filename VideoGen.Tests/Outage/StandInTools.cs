namespace VideoGen.Tests.Outage;

/// <summary>Scripts in the place of ffprobe and ffmpeg, which find every file good at once: it is not the media that is loaded.</summary>
internal sealed class StandInTools : IDisposable
{
    private readonly TestFolder _folder = new();

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Media:FfprobePath"] = Tool("ffprobe", """
            echo '{"streams":[{"codec_type":"video","codec_name":"h264","width":320,"height":180,"avg_frame_rate":"10/1"}],"format":{"duration":"2"}}'
            """),
        ["Media:FfmpegPath"] = Tool("ffmpeg", """
            for last; do :; done
            echo "made as $last" > "${last#file:}"
            """),
    };

    /// <summary>A script in the place of the ffmpeg that draws videos: each becomes a copy of this one.</summary>
    public string Renderer(string video) => Tool("renderer", $$"""
        for last; do :; done
        cp '{{video}}' "${last#file:}"
        """);

    public void Dispose() => _folder.Dispose();

    private string Tool(string name, string script)
    {
        var path = _folder.PathOf(name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }
}
