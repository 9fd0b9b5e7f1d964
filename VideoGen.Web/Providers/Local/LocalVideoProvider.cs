using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Local.Design;

namespace VideoGen.Web.Providers.Local;

/// <summary>
/// Draws the words of a prompt as an animated title sequence with ffmpeg: needs no key, network or graphics card. Towards the
/// engine it behaves like a service far away that never forgets: accepted means on disk, and a restart renders again.
/// </summary>
internal sealed class LocalVideoProvider(
    IOptions<LocalRendererOptions> options, RenderFolder folder, RenderQueue queue, TimeProvider clock) : IVideoProvider
{
    public const string ProviderId = "local";

    private const int UsualFrameRate = 24;

    public string Id => ProviderId;

    public ProviderCapabilities Capabilities { get; } = new()
    {
        Address = "local",
        CanCancel = true,
        SubmissionLookup = SubmissionLookup.Certain,
        MaxConcurrentJobs = options.Value.MaxConcurrentRenders,
        PollInterval = TimeSpan.FromMilliseconds(500),
        IsRemote = false,
    };

    public async Task<string> SubmitAsync(VideoRequest request, CancellationToken cancellationToken)
    {
        var key = request.SubmitKey;
        if (!RenderFolder.IsKey(key))
        {
            throw new ArgumentException("A submit key is made of letters, digits, '-' and '_'.", nameof(request));
        }

        var frameRate = request.FrameRate ?? UsualFrameRate;
        if (!RenderRequest.Supports(request.Size, request.Duration, frameRate))
        {
            throw new VideoProviderException(FailureKind.InputRefused, "The local renderer does not make videos of this size, duration or frame rate.");
        }

        if (!folder.Exists(key))
        {
            await AddAsync(request, frameRate, cancellationToken);
        }

        queue.Enqueue(key);
        return key;
    }

    public async Task<ProviderJob> CheckAsync(string providerJobId, CancellationToken cancellationToken)
    {
        if (queue.Find(providerJobId) is { } known)
        {
            return ToProviderJob(known);
        }

        if (folder.HasVideo(providerJobId))
        {
            return Finished();
        }

        if (!folder.Exists(providerJobId))
        {
            throw NotFound();
        }

        return await folder.ReadFailureAsync(providerJobId, cancellationToken) is { } failure
            ? Failed(failure)
            : ToProviderJob(queue.Enqueue(providerJobId));
    }

    public Task<ProviderResult> OpenResultAsync(string providerJobId, int index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(index, 0);
        if (!folder.HasVideo(providerJobId))
        {
            throw NotFound();
        }

        try
        {
            var content = folder.OpenVideo(providerJobId);
            return Task.FromResult(new ProviderResult(content, content.Length));
        }
        catch (FileNotFoundException)
        {
            throw NotFound();
        }
    }

    public async Task CancelAsync(string providerJobId, CancellationToken cancellationToken)
    {
        if (folder.HasVideo(providerJobId) || !folder.Exists(providerJobId))
        {
            return;
        }

        // Also one that this process has not touched yet: it must not be rendered any more.
        var render = queue.Enqueue(providerJobId);
        await render.CancelAsync(cancellationToken);
        if (render.State != ProviderJobState.Finished)
        {
            folder.Remove(providerJobId);
        }
    }

    public Task<string?> FindSubmissionAsync(SubmissionTrace trace, CancellationToken cancellationToken) =>
        Task.FromResult(folder.Exists(trace.SubmitKey) ? trace.SubmitKey : null);

    public async Task ReleaseAsync(string providerJobId, CancellationToken cancellationToken)
    {
        if (queue.Find(providerJobId) is { } render)
        {
            await render.CancelAsync(cancellationToken);
        }

        folder.Remove(providerJobId);
        queue.Forget(providerJobId);
    }

    private async Task AddAsync(VideoRequest request, int frameRate, CancellationToken cancellationToken)
    {
        var stored = new RenderRequest
        {
            Prompt = request.Prompt,
            Width = request.Size.Width,
            Height = request.Size.Height,
            Duration = request.Duration,
            FrameRate = frameRate,
            // Without a seed each attempt looks different, but the same after a restart.
            Seed = request.Seed ?? (long)(SeededRandom.From(request.SubmitKey, 0).NextBits() >> 32),
            ReferenceFormat = request.ReferenceImage is { } image ? ToFormat(image.MediaType) : null,
            SubmittedAt = clock.GetUtcNow(),
        };
        await using var reference = request.ReferenceImage is { } picture ? await picture.OpenAsync(cancellationToken) : null;
        await folder.AddAsync(request.SubmitKey, stored, reference, cancellationToken);
    }

    private static VideoProviderException NotFound() =>
        new(FailureKind.LostAtProvider, "Job not found - it may have expired.");

    private static ProviderJob Finished() => new() { State = ProviderJobState.Finished, RawStatus = "finished", Progress = 1 };

    private static ProviderJob Failed(JobFailure failure) => new() { State = ProviderJobState.Failed, RawStatus = "failed", Failure = failure };

    private static ProviderJob ToProviderJob(Render render) => render.State switch
    {
        ProviderJobState.Waiting => new() { State = ProviderJobState.Waiting, RawStatus = "queued" },
        ProviderJobState.Running => new() { State = ProviderJobState.Running, RawStatus = "rendering", Progress = render.Progress },
        ProviderJobState.Finished => Finished(),
        ProviderJobState.Failed => Failed(render.Failure!),
        ProviderJobState.Cancelled => new() { State = ProviderJobState.Cancelled, RawStatus = "cancelled" },
    };

    private static string ToFormat(string mediaType) => mediaType switch
    {
        "image/png" => "png",
        "image/jpeg" => "jpeg",
        _ => throw new VideoProviderException(FailureKind.InputRefused, "The local renderer takes PNG and JPEG as a reference image."),
    };
}
