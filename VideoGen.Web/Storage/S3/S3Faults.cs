using System.Globalization;
using System.Net;
using Amazon.Runtime;

namespace VideoGen.Web.Storage.S3;

/// <summary>What the errors of S3, and of services that speak its protocol, mean here.</summary>
internal static class S3Faults
{
    /// <summary>The object is missing, or the bucket with it: the answer to a HEAD has no body that would say which.</summary>
    public static bool IsMissing(AmazonServiceException ex) => ex.StatusCode is HttpStatusCode.NotFound;

    /// <summary>Neither the service's words nor the exception: both may repeat the signature of what was sent.</summary>
    public static VideoStoreException Of(AmazonServiceException ex)
    {
        var fault = FaultOf(ex);
        var what = WordOf(ex);
        return new VideoStoreException(fault, fault switch
        {
            StoreFault.Credentials => $"The S3 store does not accept the keys, or they do not allow this ({what}).",
            StoreFault.Full => $"The S3 store has no room left ({what}).",
            StoreFault.Conflict => $"The S3 store holds this key already ({what}).",
            StoreFault.Down => $"The S3 store is in trouble, or cannot be reached ({what}).",
            _ => $"The S3 store refuses ({what}).",
        });
    }

    private static StoreFault FaultOf(AmazonServiceException ex) => (ex.ErrorCode, (int)ex.StatusCode) switch
    {
        ("QuotaExceeded" or "XMinioStorageFull" or "XMinioAdminBucketQuotaExceeded" or "InsufficientStorage", _) => StoreFault.Full,
        ("InvalidAccessKeyId" or "SignatureDoesNotMatch" or "AccessDenied" or "ExpiredToken", _) => StoreFault.Credentials,
        ("PreconditionFailed" or "ConditionalRequestConflict", _) => StoreFault.Conflict,
        (_, (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.Conflict) => StoreFault.Conflict,
        (_, (int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.Forbidden) => StoreFault.Credentials,
        (_, (int)HttpStatusCode.PaymentRequired or (int)HttpStatusCode.InsufficientStorage) => StoreFault.Full,
        (_, (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.TooManyRequests or >= 500 or 0) => StoreFault.Down,
        ("RequestTimeout" or "SlowDown", _) => StoreFault.Down,

        // The upload may have become an object already: the vendor's client asks again when the answer to its end is lost.
        ("NoSuchUpload", _) => StoreFault.Down,
        _ => StoreFault.Refused,
    };

    private static string WordOf(AmazonServiceException ex)
    {
        var status = ((int)ex.StatusCode).ToString(CultureInfo.InvariantCulture);
        return ex.ErrorCode is { Length: > 0 and < 64 } code && code.All(char.IsAsciiLetterOrDigit) ? $"{status} {code}" : status;
    }
}
