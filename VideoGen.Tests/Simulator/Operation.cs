namespace VideoGen.Simulator;

/// <summary>What a request is about, in words that all dialects share.</summary>
internal enum Operation
{
    /// <summary>A path that the dialect does not know, or one that has nothing to do with jobs.</summary>
    Other,

    /// <summary>Asks for a video; the one that costs money.</summary>
    Create,

    /// <summary>Asks how a job stands.</summary>
    Check,

    /// <summary>Fetches bytes of a result.</summary>
    Content,

    /// <summary>Asks which jobs there are.</summary>
    List,

    /// <summary>Stops a job.</summary>
    Cancel,

    /// <summary>Removes a job and its result.</summary>
    Delete,

    /// <summary>Asks for a video made from another; costs money as well.</summary>
    Remix,
}

internal static class OperationMetadata
{
    /// <summary>Says what an endpoint is about: the ledger and the misbehaviours go by it.</summary>
    public static TBuilder Is<TBuilder>(this TBuilder endpoint, Operation operation)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new Named(operation));

    public static Operation Operation(this HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<Named>()?.Operation ?? Simulator.Operation.Other;

    private sealed record Named(Operation Operation);
}
