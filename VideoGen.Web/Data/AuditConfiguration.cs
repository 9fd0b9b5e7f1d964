using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VideoGen.Web.Audit;

namespace VideoGen.Web.Data;

// The migration adds the triggers that refuse UPDATE and DELETE: a model cannot say that.
[SuppressMessage("Performance", "CA1812", Justification = "Found by ApplyConfigurationsFromAssembly.")]
internal sealed class AuditConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntries");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.Action).HasMaxLength(AuditEntry.MaxNameLength);
        builder.Property(entry => entry.TargetKind).HasMaxLength(AuditEntry.MaxNameLength);
        builder.Property(entry => entry.TargetId).HasMaxLength(AuditEntry.MaxNameLength);
        builder.Property(entry => entry.Reason).HasMaxLength(AuditEntry.MaxTextLength);
        builder.Property(entry => entry.Outcome).HasMaxLength(AuditEntry.MaxTextLength);

        builder.HasIndex(entry => entry.At);
        builder.HasIndex(entry => new { entry.TargetKind, entry.TargetId, entry.At });
    }
}
