using System.Collections.Concurrent;
using VideoGen.Domain.Providers;

namespace VideoGen.Tests.Providers;

/// <summary>
/// A provider whose every answer a test can script. Unscripted, it accepts each submission as "job-1", "job-2", …, has it
/// finished at the first check and delivers <see cref="ResultPath"/>. Safe for concurrent use, and records every call.
/// </summary>
/// <param name="resultPath">The video that is delivered, such as the one of <see cref="Media.SampleVideo"/>.</param>
internal sealed class TestVideoProvider(string? resultPath = null) : IVideoProvider
{
    private int _submissions;

    public string Id { get; init; } = "test";

    public ProviderCapabilities Capabilities { get; set; } = new()
    {
        Address = "http://provider.test",
        CanCancel = true,
        SubmissionLookup = SubmissionLookup.None,
        MaxConcurrentJobs = 100,
    };

    /// <summary>The video that the default answer delivers.</summary>
    public string? ResultPath { get; set; } = resultPath;

    /// <summary>How many files the default answer says there are.</summary>
    public int ResultCount { get; set; } = 1;

    // The answers. Each may throw, wait on something of the test's, or look at its arguments.
    public Func<VideoRequest, CancellationToken, Task<string>>? OnSubmit { get; set; }

    public Func<string, CancellationToken, Task<ProviderJob>>? OnCheck { get; set; }

    public Func<string, int, CancellationToken, Task<ProviderResult>>? OnOpenResult { get; set; }

    public Func<string, CancellationToken, Task>? OnCancel { get; set; }

    public Func<SubmissionTrace, CancellationToken, Task<string?>>? OnFindSubmission { get; set; }

    public Func<string, CancellationToken, Task>? OnRelease { get; set; }

    // The calls, in order, also those that failed.
    public ConcurrentQueue<VideoRequest> Submitted { get; } = new();

    public ConcurrentQueue<string> Checked { get; } = new();

    public ConcurrentQueue<(string ProviderJobId, int Index)> Opened { get; } = new();

    public ConcurrentQueue<string> Cancelled { get; } = new();

    public ConcurrentQueue<SubmissionTrace> Sought { get; } = new();

    public ConcurrentQueue<string> Released { get; } = new();

    public Task<string> SubmitAsync(VideoRequest request, CancellationToken cancellationToken)
    {
        Submitted.Enqueue(request);
        return OnSubmit?.Invoke(request, cancellationToken) ?? Task.FromResult($"job-{Interlocked.Increment(ref _submissions)}");
    }

    public Task<ProviderJob> CheckAsync(string providerJobId, CancellationToken cancellationToken)
    {
        Checked.Enqueue(providerJobId);
        return OnCheck?.Invoke(providerJobId, cancellationToken) ?? Task.FromResult(Finished());
    }

    public Task<ProviderResult> OpenResultAsync(string providerJobId, int index, CancellationToken cancellationToken)
    {
        Opened.Enqueue((providerJobId, index));
        return OnOpenResult?.Invoke(providerJobId, index, cancellationToken) ?? Task.FromResult(OpenFile());
    }

    public Task CancelAsync(string providerJobId, CancellationToken cancellationToken)
    {
        Cancelled.Enqueue(providerJobId);
        return OnCancel?.Invoke(providerJobId, cancellationToken) ?? Task.CompletedTask;
    }

    public Task<string?> FindSubmissionAsync(SubmissionTrace trace, CancellationToken cancellationToken)
    {
        Sought.Enqueue(trace);
        return OnFindSubmission?.Invoke(trace, cancellationToken) ?? Task.FromResult<string?>(null);
    }

    public Task ReleaseAsync(string providerJobId, CancellationToken cancellationToken)
    {
        Released.Enqueue(providerJobId);
        return OnRelease?.Invoke(providerJobId, cancellationToken) ?? Task.CompletedTask;
    }

    /// <summary>The answer "still running".</summary>
    public static ProviderJob Running(double? progress = null) =>
        new() { State = ProviderJobState.Running, RawStatus = "running", Progress = progress };

    /// <summary>The answer "finished", with <see cref="ResultCount"/> files.</summary>
    public ProviderJob Finished() =>
        new() { State = ProviderJobState.Finished, RawStatus = "finished", ResultCount = ResultCount };

    /// <summary>Delivers these bytes.</summary>
    /// <param name="content">The body.</param>
    /// <param name="length">What the provider announces; <see langword="null"/> for nothing.</param>
    public static ProviderResult Bytes(byte[] content, long? length) => new(new MemoryStream(content, writable: false), length);

    private ProviderResult OpenFile()
    {
        var file = File.OpenRead(ResultPath ?? throw new InvalidOperationException("The test gave no video to deliver."));
        return new ProviderResult(file, file.Length);
    }
}
