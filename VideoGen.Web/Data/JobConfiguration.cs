using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Accounts;

namespace VideoGen.Web.Data;

// What the domain promises of a job, said again where a stray statement cannot get round it.
[SuppressMessage("Performance", "CA1812", Justification = "Found by ApplyConfigurationsFromAssembly.")]
internal sealed class JobConfiguration : IEntityTypeConfiguration<GenerationJob>
{
    public void Configure(EntityTypeBuilder<GenerationJob> builder)
    {
        builder.ToTable("Jobs", table =>
        {
            table.HasCheckConstraint("CK_Jobs_Status", OneOf("Status", Enum.GetNames<JobStatus>()));
            table.HasCheckConstraint("CK_Jobs_FailureKind", $"\"FailureKind\" IS NULL OR {OneOf("FailureKind", Enum.GetNames<FailureKind>())}");
            table.HasCheckConstraint("CK_Jobs_FailedHasKind", """("Status" = 'Failed') = ("FailureKind" IS NOT NULL)""");
            table.HasCheckConstraint("CK_Jobs_FailedHasMessage", """("Status" = 'Failed') = ("FailureMessage" IS NOT NULL)""");
            table.HasCheckConstraint("CK_Jobs_CompletedHasTime", """("Status" = 'Completed') = ("CompletedAt" IS NOT NULL)""");
            table.HasCheckConstraint(
                "CK_Jobs_ProviderJobId",
                """("Status" NOT IN ('Generating', 'Saving', 'Completed') OR "ProviderJobId" IS NOT NULL) AND ("Status" NOT IN ('Queued', 'Submitting', 'Unconfirmed') OR "ProviderJobId" IS NULL)""");
            table.HasCheckConstraint("CK_Jobs_SubmittedHasTime", """("Status" NOT IN ('Submitting', 'Unconfirmed', 'Generating', 'Saving', 'Completed') OR "SubmittedAt" IS NOT NULL)""");
            table.HasCheckConstraint("CK_Jobs_Progress", """("Progress" IS NULL OR ("Progress" >= 0 AND "Progress" <= 1))""");
            table.HasCheckConstraint("CK_Jobs_Picture", """("Width" > 0 AND "Height" > 0 AND "Duration" > 0)""");
            table.HasCheckConstraint("CK_Jobs_ResultCount", """(("Status" NOT IN ('Saving', 'Completed') AND "ResultCount" >= 0) OR "ResultCount" >= 1)""");
            table.HasCheckConstraint("CK_Jobs_Remix", """("RemixOfProviderJobId" IS NOT NULL OR "RemixOfJobId" IS NULL) AND ("RemixOfProviderJobId" IS NULL OR "ReferenceImageKey" IS NULL)""");
            table.HasCheckConstraint("CK_Jobs_Reset", """("ResetAt" IS NULL OR ("Status" = 'Cancelled' AND "ProviderJobId" IS NULL AND "SubmittedAt" IS NULL))""");
            table.HasCheckConstraint("CK_Jobs_Lease", """("LeaseOwner" IS NULL) = ("LeaseUntil" IS NULL)""");
        });

        builder.Property(job => job.Id).ValueGeneratedNever();
        builder.Property(job => job.ProviderId).HasMaxLength(64);
        builder.Property(job => job.ModelId).HasMaxLength(128);
        builder.Property(job => job.ProviderJobId).HasMaxLength(512);
        builder.Property(job => job.ProviderStatus).HasMaxLength(64);
        builder.Property(job => job.ReferenceImageKey).HasMaxLength(256);
        builder.Property(job => job.RemixOfProviderJobId).HasMaxLength(512);
        builder.Property(job => job.LeaseOwner).HasMaxLength(128);
        builder.Property(job => job.FailureMessage).HasMaxLength(500);
        builder.Ignore(job => job.Size);

        // Every tracked write says "AND Epoch = what I loaded": a writer whose lease was taken over changes nothing.
        builder.Property(job => job.Epoch).IsConcurrencyToken();

        // The engine moves a job without taking a new epoch: a person who loaded it during a step must not write over what came of it.
        builder.Property(job => job.Status).IsConcurrencyToken();

        builder.HasMany(job => job.Events).WithOne().HasForeignKey(entry => entry.JobId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(job => job.Attempts).WithOne().HasForeignKey(attempt => attempt.JobId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(job => job.OwnerId).OnDelete(DeleteBehavior.Restrict);

        // A remix goes on without what it was made from.
        builder.HasOne<GenerationJob>().WithMany().HasForeignKey(job => job.RemixOfJobId).OnDelete(DeleteBehavior.SetNull);

        // With a filter, or PostgreSQL would take the columns for a key: two writers of one job that each add to its history
        // first would then wait for each other.
        builder.HasIndex(job => new { job.ProviderId, job.ProviderJobId }).IsUnique().HasFilter("\"ProviderJobId\" IS NOT NULL");
        builder.HasIndex(job => new { job.BatchId, job.BatchIndex }).IsUnique();
        builder.HasIndex(job => new { job.OwnerId, job.Status, job.CreatedAt });
        builder.HasIndex(job => job.Status);
        builder.HasIndex(job => new { job.ProviderId, job.ModelId, job.Status, job.CompletedAt });
    }

    internal static string OneOf(string column, IEnumerable<string> values) =>
        $"\"{column}\" IN ({string.Join(", ", values.Select(value => $"'{value}'"))})";
}

[SuppressMessage("Performance", "CA1812", Justification = "Found by ApplyConfigurationsFromAssembly.")]
internal sealed class JobEventConfiguration : IEntityTypeConfiguration<JobEvent>
{
    public void Configure(EntityTypeBuilder<JobEvent> builder)
    {
        builder.ToTable("JobEvents", table => table.HasCheckConstraint("CK_JobEvents_To", JobConfiguration.OneOf("To", Enum.GetNames<JobStatus>())));
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.Reason).HasMaxLength(500);
        builder.HasIndex(entry => new { entry.JobId, entry.At });
    }
}

[SuppressMessage("Performance", "CA1812", Justification = "Found by ApplyConfigurationsFromAssembly.")]
internal sealed class SubmissionAttemptConfiguration : IEntityTypeConfiguration<SubmissionAttempt>
{
    public void Configure(EntityTypeBuilder<SubmissionAttempt> builder)
    {
        builder.ToTable("SubmissionAttempts", table =>
        {
            table.HasCheckConstraint("CK_Attempts_Outcome", JobConfiguration.OneOf("Outcome", Enum.GetNames<AttemptOutcome>()));
            table.HasCheckConstraint("CK_Attempts_OpenHasNoEnd", """("Outcome" = 'Open') = ("ClosedAt" IS NULL)""");
            table.HasCheckConstraint("CK_Attempts_AcceptedHasId", """("Outcome" <> 'Accepted' OR "ProviderJobId" IS NOT NULL)""");
        });

        builder.Property(attempt => attempt.Id).ValueGeneratedNever();
        builder.Property(attempt => attempt.SubmitKey).HasMaxLength(64);
        builder.Property(attempt => attempt.RequestHash).HasMaxLength(64);
        builder.Property(attempt => attempt.NodeId).HasMaxLength(128);
        builder.Property(attempt => attempt.ProviderAddress).HasMaxLength(512);
        builder.Property(attempt => attempt.ProviderJobId).HasMaxLength(512);

        builder.HasIndex(attempt => attempt.SubmitKey).IsUnique();
        builder.HasIndex(attempt => new { attempt.JobId, attempt.Number }).IsUnique();
        builder.HasIndex(attempt => attempt.JobId).IsUnique().HasFilter("\"Outcome\" = 'Open'").HasDatabaseName("IX_SubmissionAttempts_OneOpen");
    }
}
