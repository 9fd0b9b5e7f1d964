using FsCheck;
using FsCheck.Fluent;
using VideoGen.Domain.Jobs;

namespace VideoGen.Tests.Jobs;

[Trait("Req", "R-51")]
public sealed class FairQueueTests
{
    private static readonly Guid[] Owners = [.. Enumerable.Range(1, 5).Select(number => new Guid(number, 0, 0, new byte[8]))];

    // A handful of owners with up to forty jobs between them, many of the same second, and some running already.
    private static readonly Arbitrary<Waiting> Any = (
        from jobs in (
            from owner in Gen.Elements(Owners)
            from second in Gen.Choose(0, 10)
            from id in Gen.Choose(1, int.MaxValue)
            select new WaitingJob(new Guid(id, 1, 0, new byte[8]), owner, TestClock.Start.AddSeconds(second))).ListOf()
        from running in Gen.Choose(0, 4).ArrayOf(Owners.Length)
        from shuffle in Gen.Choose(0, int.MaxValue)
        select new Waiting(
            [.. jobs.DistinctBy(job => job.JobId).Take(40)],
            Owners.Zip(running).Where(pair => pair.Second > 0).ToDictionary(pair => pair.First, pair => pair.Second),
            shuffle)).ToArbitrary();

    [Fact]
    public void Order_Always_HasEveryJobOnce() => Hold(given =>
        given.Order().OrderBy(job => job.JobId).SequenceEqual(given.Jobs.OrderBy(job => job.JobId)));

    [Fact]
    public void Order_OfOneOwner_GoesByAge() => Hold(given =>
        given.Order().GroupBy(job => job.OwnerId).All(own =>
            own.SequenceEqual(own.OrderBy(job => job.QueuedAt).ThenBy(job => job.JobId))));

    [Fact]
    public void Order_HoweverTheyCome_IsTheSame() => Hold(given =>
    {
        var shuffled = given.Jobs.ToArray();
        new System.Random(given.Shuffle).Shuffle(shuffled);
        return FairQueue.Order(shuffled, given.Running).SequenceEqual(given.Order());
    });

    [Fact]
    public void Order_OwnersWithJobs_TakeTurns() => Hold(given =>
    {
        // At every moment: nobody who still waits has had two turns fewer than somebody who was just served.
        var order = given.Order();
        var turns = Owners.ToDictionary(owner => owner, owner => given.Running.GetValueOrDefault(owner));
        for (var index = 0; index < order.Count; index++)
        {
            var served = order[index].OwnerId;
            if (order.Skip(index).Any(waiting => turns[waiting.OwnerId] < turns[served]))
            {
                return false;
            }

            turns[served]++;
        }

        return true;
    });

    [Fact]
    public void Order_SomebodyNewBehindAHundredJobs_IsNext()
    {
        var busy = Enumerable.Range(0, 100).Select(second => new WaitingJob(Guid.NewGuid(), Owners[0], TestClock.Start.AddSeconds(second)));
        var newcomer = new WaitingJob(Guid.NewGuid(), Owners[1], TestClock.Start.AddHours(1));

        var order = FairQueue.Order([.. busy, newcomer], new Dictionary<Guid, int> { [Owners[0]] = 1 });

        Assert.Equal(newcomer, order[0]);
    }

    private static void Hold(Func<Waiting, bool> property) => Prop.ForAll(Any, property).QuickCheckThrowOnFailure();

    private sealed record Waiting(IReadOnlyList<WaitingJob> Jobs, IReadOnlyDictionary<Guid, int> Running, int Shuffle)
    {
        public IReadOnlyList<WaitingJob> Order() => FairQueue.Order(Jobs, Running);
    }
}
