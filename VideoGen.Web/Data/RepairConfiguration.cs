using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Repair;

namespace VideoGen.Web.Data;

// Jobs and people are named without keys: a finding is about what may not be there.
[SuppressMessage("Performance", "CA1812", Justification = "Found by ApplyConfigurationsFromAssembly.")]
internal sealed class RepairFindingConfiguration : IEntityTypeConfiguration<RepairFinding>
{
    public void Configure(EntityTypeBuilder<RepairFinding> builder)
    {
        builder.ToTable("RepairFindings");
        builder.Property(finding => finding.Id).ValueGeneratedNever();
        builder.Property(finding => finding.Subject).HasMaxLength(256);
        builder.Property(finding => finding.Sentence).HasMaxLength(GenerationJob.MaxTextLength);
        builder.HasIndex(finding => new { finding.Kind, finding.Subject }).IsUnique();
        builder.HasIndex(finding => new { finding.ClosedAt, finding.FirstSeenAt });
    }
}

[SuppressMessage("Performance", "CA1812", Justification = "Found by ApplyConfigurationsFromAssembly.")]
internal sealed class RepairScanConfiguration : IEntityTypeConfiguration<RepairScanState>
{
    public void Configure(EntityTypeBuilder<RepairScanState> builder)
    {
        builder.ToTable("RepairScans");
        builder.HasKey(state => state.Scan);
        builder.Property(state => state.Cursor).HasMaxLength(256);
        builder.Property(state => state.Trouble).HasMaxLength(GenerationJob.MaxTextLength);
    }
}

[SuppressMessage("Performance", "CA1812", Justification = "Found by ApplyConfigurationsFromAssembly.")]
internal sealed class RepairTurnConfiguration : IEntityTypeConfiguration<RepairTurn>
{
    public void Configure(EntityTypeBuilder<RepairTurn> builder)
    {
        builder.ToTable("RepairTurns");
        builder.Property(turn => turn.Id).ValueGeneratedNever();
        builder.Property(turn => turn.Holder).HasMaxLength(128);
        builder.HasData(new { Id = RepairTurn.OnlyId });
    }
}
