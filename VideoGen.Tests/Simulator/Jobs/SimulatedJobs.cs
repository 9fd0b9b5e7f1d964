using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Simulator.Jobs;

/// <summary>All jobs of all dialects, in the order of their creation.</summary>
internal sealed class SimulatedJobs
{
    private readonly Lock _lock = new();
    private readonly List<SimulatedJob> _jobs = [];

    /// <summary>Accepts a job, with whatever the request that asks for it has to misbehave.</summary>
    public SimulatedJob Add(HttpContext context, SimulatedJob job)
    {
        foreach (var kind in context.Misbehaviours().Kinds.Where(kind => kind.IsFate()))
        {
            job.Doom(kind);
        }

        lock (_lock)
        {
            _jobs.Add(job);
        }

        context.Concern(job);
        return job;
    }

    public SimulatedJob? Find(string dialect, string? id)
    {
        lock (_lock)
        {
            return _jobs.Find(job => string.Equals(job.Id, id, StringComparison.Ordinal) && string.Equals(job.Dialect, dialect, StringComparison.Ordinal));
        }
    }

    /// <summary>The jobs of a dialect, oldest first.</summary>
    public IReadOnlyList<SimulatedJob> Of(string dialect)
    {
        lock (_lock)
        {
            return _jobs.FindAll(job => string.Equals(job.Dialect, dialect, StringComparison.Ordinal));
        }
    }

    public void Remove(SimulatedJob job)
    {
        lock (_lock)
        {
            _jobs.Remove(job);
        }
    }
}

internal static class JobOfRequest
{
    private static readonly MisbehaviourKind[] FatesDecidedLater = [MisbehaviourKind.Stall, MisbehaviourKind.Failed, MisbehaviourKind.Moderated];

    /// <summary>Says which job a request turned out to be about; the ledger writes it down.</summary>
    public static void Concern(this HttpContext context, SimulatedJob job) => context.Features.Set(job);

    /// <summary>The job that the request is about, found by the dialect or made by it.</summary>
    public static SimulatedJob? Job(this HttpContext context) => context.Features.Get<SimulatedJob>();

    /// <summary>How a job stands, as this request is to see it.</summary>
    public static JobView Look(this HttpContext context, SimulatedJob job, DateTimeOffset now)
    {
        var kinds = context.Misbehaviours().Kinds;
        foreach (var kind in kinds.Intersect(FatesDecidedLater))
        {
            job.Doom(kind);
        }

        return job.Look(now, kinds);
    }
}
