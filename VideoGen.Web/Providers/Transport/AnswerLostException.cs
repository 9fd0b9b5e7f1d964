namespace VideoGen.Web.Providers.Transport;

/// <summary>
/// A request that creates something left this machine, and what became of it is not known: the provider may have accepted and
/// billed it. It must not be sent again by itself. The message names the provider and nothing of the request.
/// </summary>
internal sealed class AnswerLostException(string provider, string what, Exception? innerException = null)
    : Exception($"{provider}: {what}", innerException);
