using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Jobs;
using static VideoGen.Domain.Jobs.JobStatus;

namespace VideoGen.Tests.Data;

/// <summary>The database refuses what the domain refuses, also from a statement that goes round the domain.</summary>
[Trait("Req", "R-24")]
[Trait("Req", "R-43")]
public abstract class ConstraintTests(TestDatabase database) : DatabaseTests(database)
{
    // A sound job in this status, the change that makes it unsound, and the constraint that has to notice.
    public static TheoryData<string, JobStatus, string> EveryUnsoundJob() => new()
    {
        { "CK_Jobs_Status", Queued, "\"Status\" = 'Stuck'" },
        { "CK_Jobs_FailureKind", Failed, "\"FailureKind\" = 'Gremlins'" },
        { "CK_Jobs_FailedHasKind", Failed, "\"FailureKind\" = NULL" },
        { "CK_Jobs_FailedHasKind", Queued, "\"FailureKind\" = 'Quota'" },
        { "CK_Jobs_FailedHasMessage", Failed, "\"FailureMessage\" = NULL" },
        { "CK_Jobs_FailedHasMessage", Queued, "\"FailureMessage\" = 'Out of credit'" },
        { "CK_Jobs_CompletedHasTime", Completed, "\"CompletedAt\" = NULL" },
        { "CK_Jobs_CompletedHasTime", JobStatus.Saving, "\"CompletedAt\" = \"CreatedAt\"" },
        { "CK_Jobs_ProviderJobId", Queued, "\"ProviderJobId\" = 'p-1'" },
        { "CK_Jobs_ProviderJobId", Submitting, "\"ProviderJobId\" = 'p-1'" },
        { "CK_Jobs_ProviderJobId", Unconfirmed, "\"ProviderJobId\" = 'p-1'" },
        { "CK_Jobs_ProviderJobId", Generating, "\"ProviderJobId\" = NULL" },
        { "CK_Jobs_ProviderJobId", JobStatus.Saving, "\"ProviderJobId\" = NULL" },
        { "CK_Jobs_ProviderJobId", Completed, "\"ProviderJobId\" = NULL" },
        { "CK_Jobs_SubmittedHasTime", Submitting, "\"SubmittedAt\" = NULL" },
        { "CK_Jobs_SubmittedHasTime", Unconfirmed, "\"SubmittedAt\" = NULL" },
        { "CK_Jobs_SubmittedHasTime", Generating, "\"SubmittedAt\" = NULL" },
        { "CK_Jobs_SubmittedHasTime", JobStatus.Saving, "\"SubmittedAt\" = NULL" },
        { "CK_Jobs_SubmittedHasTime", Completed, "\"SubmittedAt\" = NULL" },
        { "CK_Jobs_Progress", Generating, "\"Progress\" = -0.01" },
        { "CK_Jobs_Progress", Generating, "\"Progress\" = 1.01" },
        { "CK_Jobs_Picture", Queued, "\"Width\" = 0" },
        { "CK_Jobs_Picture", Queued, "\"Height\" = 0" },
        { "CK_Jobs_Picture", Queued, "\"Duration\" = 0" },
        { "CK_Jobs_ResultCount", Queued, "\"ResultCount\" = -1" },
        { "CK_Jobs_ResultCount", JobStatus.Saving, "\"ResultCount\" = 0" },
        { "CK_Jobs_ResultCount", Completed, "\"ResultCount\" = 0" },
        { "CK_Jobs_Remix", Queued, "\"RemixOfJobId\" = \"Id\"" },
        { "CK_Jobs_Remix", Queued, "\"RemixOfProviderJobId\" = 'p-1', \"ReferenceImageKey\" = 'key'" },
        { "CK_Jobs_Reset", Queued, "\"ResetAt\" = \"CreatedAt\"" },
        { "CK_Jobs_Reset", Cancelled, "\"ResetAt\" = \"CreatedAt\", \"SubmittedAt\" = \"CreatedAt\"" },
        { "CK_Jobs_Lease", Generating, "\"LeaseOwner\" = 'node-1'" },
        { "CK_Jobs_Lease", Generating, "\"LeaseUntil\" = \"CreatedAt\"" },
    };

    // The same for what belongs to a completed job: its table, the change, the constraint.
    public static TheoryData<string, string, string> EveryUnsoundPart() => new()
    {
        { "CK_JobEvents_To", "JobEvents", "\"To\" = 'Stuck'" },
        { "CK_Attempts_Outcome", "SubmissionAttempts", "\"Outcome\" = 'Maybe'" },
        { "CK_Attempts_OpenHasNoEnd", "SubmissionAttempts", "\"ClosedAt\" = NULL" },
        { "CK_Attempts_OpenHasNoEnd", "SubmissionAttempts", "\"Outcome\" = 'Open'" },
        { "CK_Attempts_AcceptedHasId", "SubmissionAttempts", "\"ProviderJobId\" = NULL" },
        { "CK_Videos_File", "Videos", "\"SizeBytes\" = 0" },
        { "CK_Videos_File", "Videos", "\"Index\" = -1" },
        { "CK_Videos_File", "Videos", "\"Sha256\" = 'abc'" },
        { "CK_Videos_Picture", "Videos", "\"Width\" = 0" },
        { "CK_Videos_Picture", "Videos", "\"Height\" = 0" },
        { "CK_Videos_Picture", "Videos", "\"Duration\" = 0" },
    };

    [Theory]
    [MemberData(nameof(EveryUnsoundJob))]
    public async Task Job_MadeUnsoundByAStatement_IsRefused(string constraint, JobStatus status, string change)
    {
        var job = await Database.AddAsync(JobSamples.In(status, OwnerId));

        await AssertRefusedAsync(constraint, $"UPDATE \"Jobs\" SET {change} WHERE \"Id\" = {{0}}", job.Id);
    }

    [Theory]
    [MemberData(nameof(EveryUnsoundPart))]
    public async Task PartOfAJob_MadeUnsoundByAStatement_IsRefused(string constraint, string table, string change)
    {
        var job = await AddCompletedAsync();

        await AssertRefusedAsync(constraint, $"UPDATE \"{table}\" SET {change} WHERE \"JobId\" = {{0}}", job.Id);
    }

    [Fact]
    public async Task EveryConstraint_OfTheModel_IsTriedHere()
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();

        var known = db.GetService<IDesignTimeModel>().Model.GetEntityTypes()
            .SelectMany(type => type.GetCheckConstraints())
            .Select(constraint => constraint.Name!)
            .Distinct(StringComparer.Ordinal);
        var tried = EveryUnsoundJob().Select(row => row.Data.Item1).Concat(EveryUnsoundPart().Select(row => row.Data.Item1));

        Assert.Empty(known.Except(tried, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Queued)]
    [InlineData(Submitting)]
    [InlineData(Unconfirmed)]
    [InlineData(Generating)]
    [InlineData(JobStatus.Saving)]
    [InlineData(Completed)]
    [InlineData(Failed)]
    [InlineData(Cancelled)]
    public async Task Job_AsTheDomainMakesIt_IsTakenAndReadBackWhole(JobStatus status)
    {
        var job = JobSamples.In(status, OwnerId);

        await Database.AddAsync(job);

        Assert.Equivalent(job, await Database.ReadAsync(job.Id));
    }

    [Fact]
    public async Task Failure_LongerThanItsColumn_IsStoredCut()
    {
        var job = await Database.AddAsync(JobSamples.In(Generating, OwnerId));
        var endless = string.Concat(Enumerable.Repeat("🦊x", 2000));

        await ChangeAsync(job.Id, loaded =>
        {
            loaded.Observe(endless, 0.5, TestClock.Start);
            loaded.Fail(new JobFailure(FailureKind.ProviderError, endless, endless), TestClock.Start);
        });

        var stored = await Database.ReadAsync(job.Id);
        Assert.InRange(stored.FailureMessage!.Length, GenerationJob.MaxTextLength - 1, GenerationJob.MaxTextLength);
        Assert.Equal(endless, stored.FailureDetail);
    }

    [Fact]
    public async Task ProviderJobId_OfAnotherJob_IsRefused()
    {
        await ChangeAsync((await AddSubmittingAsync()).Id, job => job.Accept("same", "Accepted", TestClock.Start));
        var second = await AddSubmittingAsync();

        await Assert.ThrowsAsync<DbUpdateException>(() => ChangeAsync(second.Id, job => job.Accept("same", "Accepted", TestClock.Start)));
    }

    [Fact]
    public async Task BatchIndex_Twice_IsRefused()
    {
        var order = JobSamples.Order(OwnerId);
        await Database.AddAsync(new GenerationJob(order, TestClock.Start));

        await Assert.ThrowsAsync<DbUpdateException>(() => Database.AddAsync(new GenerationJob(order, TestClock.Start)));
    }

    [Fact]
    public async Task Video_OfTheSameJobAndIndexTwice_IsRefused()
    {
        var job = await AddCompletedAsync();

        await using var db = await Database.Contexts.CreateDbContextAsync();
        db.Add(JobSamples.VideoOf(job));

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Attempt_OpenBesideAnotherOpenOne_IsRefused()
    {
        var job = await AddSubmittingAsync();
        await ChangeAsync(job.Id, loaded =>
        {
            loaded.ReturnToQueue("Not sent", TestClock.Start);
            loaded.BeginSubmission(JobSamples.Intent, TestClock.Start);
        });

        await using var db = await Database.Contexts.CreateDbContextAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => db.SubmissionAttempts
            .Where(attempt => attempt.JobId == job.Id && attempt.Number == 1)
            .ExecuteUpdateAsync(set => set
                .SetProperty(attempt => attempt.Outcome, AttemptOutcome.Open)
                .SetProperty(attempt => attempt.ClosedAt, (DateTimeOffset?)null)));
        Assert.Equal(1, await db.SubmissionAttempts.CountAsync(attempt => attempt.JobId == job.Id && attempt.Outcome == AttemptOutcome.Open));
    }

    [Fact]
    public async Task Job_OfNobody_IsRefused()
    {
        await Assert.ThrowsAsync<DbUpdateException>(() => Database.AddAsync(JobSamples.Queued(Guid.NewGuid())));
    }

    private async Task AssertRefusedAsync(string constraint, string statement, Guid id)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync(statement, id));

        Assert.Contains(constraint, refused.Message, StringComparison.Ordinal);
    }

    private Task<GenerationJob> AddSubmittingAsync() => Database.AddAsync(JobSamples.In(Submitting, OwnerId));

    private async Task<GenerationJob> AddCompletedAsync()
    {
        var job = JobSamples.In(Completed, OwnerId);
        await using var db = await Database.Contexts.CreateDbContextAsync();
        db.Add(job);
        db.Add(JobSamples.VideoOf(job));
        await db.SaveChangesAsync();
        return job;
    }

    private async Task ChangeAsync(Guid jobId, Action<GenerationJob> change)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        change(await db.Jobs.Include(job => job.Attempts).SingleAsync(job => job.Id == jobId));
        await db.SaveChangesAsync();
    }
}

public sealed class ConstraintSqliteTests(SqliteDatabase database) : ConstraintTests(database), IClassFixture<SqliteDatabase>;

public sealed class ConstraintPostgresTests(PostgresDatabase database) : ConstraintTests(database), IClassFixture<PostgresDatabase>;
