using System.Net;
using VideoGen.Domain.Jobs;

namespace VideoGen.Web.Providers.Transport;

/// <summary>The sentences that are the same for every provider, and what a bare HTTP status means.</summary>
internal static class ProviderFaults
{
    public static ProviderFault Moderated(string provider) => new(
        FailureKind.Moderated, $"{provider} did not accept the content of this request. The same prompt would be refused again.");

    public static ProviderFault Quota(string provider) => new(FailureKind.Quota, $"{provider} has no credit or allowance left for this account.");

    public static ProviderFault Credentials(string provider) => new(FailureKind.Credentials, $"{provider} does not accept the key.");

    public static ProviderFault Retired(string provider) => new(FailureKind.RetiredModel, $"{provider} no longer offers this model.");

    public static ProviderFault InputRefused(string provider) => new(FailureKind.InputRefused, $"{provider} did not accept these settings.");

    public static ProviderFault SourceGone(string provider) => new(FailureKind.InputRefused, $"{provider} no longer has the video to remix.");

    public static ProviderFault RateLimited(string provider) => new(FailureKind.RateLimited, $"{provider} asked us to slow down.");

    public static ProviderFault Down(string provider) => new(FailureKind.ProviderDown, $"{provider} does not answer properly just now.");

    public static ProviderFault Lost { get; } = new(FailureKind.LostAtProvider, "Job not found - it may have expired.");

    public static ProviderFault Failed(string provider) => new(FailureKind.ProviderError, $"{provider} could not make this video.");

    /// <summary>What a refused submission means when the body says nothing more. A model that is not found is one that is gone.</summary>
    public static ProviderFault OfCreate(string provider, HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Credentials(provider),
        HttpStatusCode.PaymentRequired => Quota(provider),
        HttpStatusCode.NotFound or HttpStatusCode.Gone => Retired(provider),
        HttpStatusCode.TooManyRequests => RateLimited(provider),
        _ => InputRefused(provider),
    };

    /// <summary>What an error means when a job was asked about.</summary>
    public static ProviderFault OfRead(string provider, HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Credentials(provider),
        HttpStatusCode.PaymentRequired => Quota(provider),
        HttpStatusCode.NotFound or HttpStatusCode.Gone => Lost,
        HttpStatusCode.TooManyRequests => RateLimited(provider),
        _ => Down(provider),
    };
}
