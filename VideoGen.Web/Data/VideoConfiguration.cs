using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Accounts;

namespace VideoGen.Web.Data;

[SuppressMessage("Performance", "CA1812", Justification = "Found by ApplyConfigurationsFromAssembly.")]
internal sealed class VideoConfiguration : IEntityTypeConfiguration<Video>
{
    public void Configure(EntityTypeBuilder<Video> builder)
    {
        builder.ToTable("Videos", table =>
        {
            table.HasCheckConstraint("CK_Videos_File", """("SizeBytes" > 0 AND "Index" >= 0 AND length("Sha256") = 64)""");
            table.HasCheckConstraint("CK_Videos_Picture", """("Width" > 0 AND "Height" > 0 AND "Duration" > 0)""");
        });

        builder.Property(video => video.Id).ValueGeneratedNever();
        builder.Property(video => video.StoreKey).HasMaxLength(256);
        builder.Property(video => video.PosterKey).HasMaxLength(256);
        builder.Property(video => video.Sha256).HasMaxLength(64);
        builder.Property(video => video.Codec).HasMaxLength(32);

        // A completion delivered twice makes one row.
        builder.HasIndex(video => new { video.JobId, video.Index }).IsUnique();
        builder.HasIndex(video => video.StoreKey).IsUnique();
        builder.HasIndex(video => new { video.OwnerId, video.CreatedAt, video.Id });

        builder.HasOne<GenerationJob>().WithMany().HasForeignKey(video => video.JobId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(video => video.OwnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

[SuppressMessage("Performance", "CA1812", Justification = "Found by ApplyConfigurationsFromAssembly.")]
internal sealed class PersonConfiguration : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("People");
        builder.Property(person => person.Id).ValueGeneratedNever();
        builder.Property(person => person.DisplayName).HasMaxLength(100);
    }
}
