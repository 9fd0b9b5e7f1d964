using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Data;
using VideoGen.Tests.Jobs;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Engine;

/// <summary>
/// One job through any order of answers, faults, crashes, wishes and waits, in the hands of two processes: whatever happens, no
/// attempt is sent twice, nothing that may have been paid is repeated without its owner, final is final, and completed means kept.
/// </summary>
[Trait("Req", "R-10")]
[Trait("Req", "R-16")]
[Trait("Req", "R-24")]
public sealed class LifecycleTests(SqliteDatabase database) : EngineTests(database), IClassFixture<SqliteDatabase>
{
    private const int Lives = 60;

    // Looking is what happens most; every other thing may come at any moment.
    private static readonly Arbitrary<Life> AnyLife = LivesOf(
        [],
        (12, Gen.Constant(Happening.Look)),
        (4, Gen.Constant(Happening.OtherLooks)),
        (20, Gen.Elements(Enum.GetValues<Happening>())));

    // Where the one path lies on which the engine sends again by itself; it hangs on when it looks, and on what it sees then.
    private static readonly Arbitrary<Life> LifeAfterALostAnswer = LivesOf(
        [Happening.SubmitLosesItsAnswer, Happening.Look],
        (8, Gen.Constant(Happening.Look)),
        (3, Gen.Constant(Happening.OtherLooks)),
        (8, Gen.Constant(Happening.OwnerLooks)),
        (6, Gen.Constant(Happening.SecondsPass)),
        (2, Gen.Constant(Happening.MomentPasses)),
        (4, Gen.Elements(
            Happening.SubmitLosesItsAnswer,
            Happening.SubmitIsLostOnTheWay,
            Happening.SenderDiesWithTheAnswer,
            Happening.ListingIsUpToDate,
            Happening.ListingLags,
            Happening.ListingCannotBeRead,
            Happening.OwnerStopsIt,
            Happening.OwnerSendsItAgain,
            Happening.OwnerNamesWhatWasMade)));

    [Fact]
    public void Job_WhateverHappens_IsPaidOnceAndKeptOnceItIsDone()
    {
        var one = Start();
        var two = Start(one.Provider);
        Prop.ForAll(AnyLife, life => LiveAsync(one, two, life)).Check(Config.QuickThrowOnFailure.WithMaxTest(Lives));
    }

    [Fact]
    public void Job_AnswerWasLost_IsNotPaidAgainWhateverTheListingShowsAndWhoeverLooks()
    {
        var one = Start();
        var two = Start(one.Provider);
        Prop.ForAll(LifeAfterALostAnswer, life => LiveAsync(one, two, life)).Check(Config.QuickThrowOnFailure.WithMaxTest(Lives));
    }

    private static Arbitrary<Life> LivesOf(Happening[] beginning, params (int Weight, Gen<Happening> Kind)[] kinds) =>
        Gen.Elements(Enum.GetValues<SubmissionLookup>())
            .SelectMany(lookup => Gen.Frequency(kinds).ArrayOf().Where(life => life.Length > 5).Resize(40).Select(life => new Life(lookup, [.. beginning, .. life])))
            .ToArbitrary();

    private async Task LiveAsync(EngineHarness one, EngineHarness two, Life life)
    {
        one.Provider.Capabilities = Capabilities(life.Lookup);
        var world = new LifecycleWorld(one, two, await Database.AddAsync(new GenerationJob(JobSamples.Order(OwnerId), Clock.Now)), Clock, (id, until) => LeaseAsync(id, "a dead process", until));
        GenerationJob? before = null;
        foreach (var happening in life.Happenings)
        {
            await world.HappensAsync(happening);
            var after = await ReadAsync(world.JobId);
            AssertSentOnce(world, after);
            AssertHistory(after, before);
            await AssertKeptAsync(one, after);
            before = after;
        }
    }

    private static void AssertSentOnce(LifecycleWorld world, GenerationJob job)
    {
        Assert.Equal(world.Sent.Count, world.Sent.Distinct(StringComparer.Ordinal).Count());
        Assert.All(world.Sent, key => Assert.Contains(job.Attempts, attempt => string.Equals(attempt.SubmitKey, key, StringComparison.Ordinal)));
        Assert.InRange(world.MayBePaidSinceTheOwnerAsked, 0, 1);
    }

    private static void AssertHistory(GenerationJob job, GenerationJob? before)
    {
        var moves = job.Events.Where(entry => entry.From != entry.To && entry.From is not null);
        Assert.All(moves, move => Assert.True(move.From!.Value.CanBecome(move.To), $"{move.From} became {move.To}"));
        if (before?.Status is JobStatus.Completed)
        {
            Assert.Equal(JobStatus.Completed, job.Status);
        }
    }

    private async Task AssertKeptAsync(EngineHarness engine, GenerationJob job)
    {
        var videos = await VideosAsync(job.Id);
        Assert.Equal(job.Status is JobStatus.Completed ? job.ResultCount : 0, videos.Count);
        foreach (var video in videos)
        {
            // Also while the test keeps its store down.
            await using var content = await engine.Get<LocalVideoStore>().OpenReadAsync(video.StoreKey, CancellationToken.None);
            Assert.NotNull(content);
            Assert.Equal(video.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(content)));
        }
    }

    private async Task<List<Video>> VideosAsync(Guid jobId)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        return await db.Videos.Where(video => video.JobId == jobId).ToListAsync();
    }

    private sealed record Life(SubmissionLookup Lookup, IReadOnlyList<Happening> Happenings)
    {
        public override string ToString() => $"{Lookup}: {string.Join(", ", Happenings)}";
    }
}
