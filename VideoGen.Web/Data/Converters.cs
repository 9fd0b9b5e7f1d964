using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using VideoGen.Domain.Jobs;

namespace VideoGen.Web.Data;

// How values that the engines store differently, or cannot sort, are kept. Made by EF Core by reflection.

/// <summary>Spans as whole milliseconds.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Created by EF Core.")]
internal sealed class MillisecondsConverter() : ValueConverter<TimeSpan, long>(
    span => (long)span.TotalMilliseconds, value => TimeSpan.FromMilliseconds(value));

/// <summary>Money as whole millionths of a dollar: exact, and SQLite can sort and add it.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Created by EF Core.")]
internal sealed class MicroDollarsConverter() : ValueConverter<decimal, long>(
    dollars => (long)(dollars * 1_000_000m), value => value / 1_000_000m);

/// <summary>Instants as UTC text, which SQLite sorts by time.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Created by EF Core.")]
internal sealed class UtcTextConverter() : ValueConverter<DateTimeOffset, DateTime>(
    instant => instant.UtcDateTime, value => new DateTimeOffset(DateTime.SpecifyKind(value, DateTimeKind.Utc)));

/// <summary>Actors as their text.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Created by EF Core.")]
internal sealed class JobActorConverter() : ValueConverter<JobActor, string>(
    actor => actor.Name, value => new JobActor(value));
