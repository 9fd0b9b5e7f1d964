using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using VideoGen.Simulator.Jobs;

namespace VideoGen.Simulator.Media;

/// <summary>Links to results that carry their permission in themselves, for a time. Every host serves all of them.</summary>
internal sealed class SignedFiles(TimeProvider clock, TimeSpan lifetime)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SignedFile> _files = new(StringComparer.Ordinal);

    /// <summary>A new link on the host that this request came to.</summary>
    public Uri LinkFor(HttpRequest request, SimulatedJob job, MediaForm form = MediaForm.Video) =>
        LinkOn(new Uri($"{request.Scheme}://{request.Host}"), job, form);

    /// <summary>A new link on the host at an address.</summary>
    public Uri LinkOn(Uri host, SimulatedJob job, MediaForm form = MediaForm.Video)
    {
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        lock (_lock)
        {
            _files.Add(token, new SignedFile(job, form, clock.GetUtcNow() + lifetime));
        }

        return new Uri(host, $"{SignedFileEndpoint.Folder}/{token}/{job.Id}.{form.Extension()}");
    }

    /// <summary>Ends every link to the results of a job that was given out so far.</summary>
    public void ExpireLinksOf(SimulatedJob job)
    {
        lock (_lock)
        {
            foreach (var (token, file) in _files.Where(pair => pair.Value.Job == job).ToList())
            {
                _files[token] = file with { ExpiresAt = DateTimeOffset.MinValue };
            }
        }
    }

    public bool HasExpired(SignedFile file) => file.ExpiresAt <= clock.GetUtcNow();

    public SignedFile? Find(string? token)
    {
        lock (_lock)
        {
            return token is null ? null : _files.GetValueOrDefault(token);
        }
    }

    /// <summary>The job that a request for a signed file is about.</summary>
    public bool TryFind(HttpContext context, [NotNullWhen(true)] out SimulatedJob? job)
    {
        job = SignedFileEndpoint.IsAsked(context) ? Find(context.Request.RouteValues["token"] as string)?.Job : null;
        return job is not null;
    }
}

/// <summary>What a link leads to.</summary>
internal sealed record SignedFile(SimulatedJob Job, MediaForm Form, DateTimeOffset ExpiresAt);
