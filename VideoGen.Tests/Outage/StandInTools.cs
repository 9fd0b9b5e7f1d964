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
            echo poster > "${last#file:}"
            """),
    };

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
