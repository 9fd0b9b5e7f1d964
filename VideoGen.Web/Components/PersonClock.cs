using System.Globalization;

namespace VideoGen.Web.Components;

/// <summary>
/// Says times as the signed-in person reads them: in their time zone and in few words. One per request or circuit.
/// </summary>
public sealed class PersonClock(TimeProvider clock)
{
    /// <summary>Written by studio.js with the browser's IANA zone name.</summary>
    public const string CookieName = "tz";

    /// <summary>The person's zone; UTC until their browser has told it.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>When the person's day began.</summary>
    public DateTimeOffset StartOfToday
    {
        get
        {
            var midnight = Local(Now).Date;
            return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight)).ToUniversalTime();
        }
    }

    /// <summary>Unknown and missing names leave the zone as it is.</summary>
    public void UseZone(string? name)
    {
        if (!string.IsNullOrEmpty(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            Zone = zone;
        }
    }

    /// <summary>The instant as the person's wall clock shows it.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>"12 s ago", "18 min ago", "2 h ago", "Yesterday 16:05", "20 Nov 17:42"; an instant to come is said as date and time.</summary>
    public string Words(DateTimeOffset at)
    {
        var age = Now - at;
        return age switch
        {
            { Ticks: < 0 } when age > TimeSpan.FromSeconds(-5) => "now",
            { Ticks: < 0 } => DayAndTime(at),
            { TotalSeconds: < 5 } => "now",
            { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalSeconds} s ago"),
            { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes} min ago"),
            { TotalHours: < 12 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours} h ago"),
            _ => DayAndTime(at),
        };
    }

    /// <summary>"18:02".</summary>
    public string Time(DateTimeOffset at) => Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"17:42:31", "20 Nov 17:42:31": to the second, for a history.</summary>
    public string Stamp(DateTimeOffset at)
    {
        var (then, today) = (Local(at), Local(Now).Date);
        var format = then.Date == today ? "HH:mm:ss" : then.Year == today.Year ? "d MMM HH:mm:ss" : "d MMM yyyy HH:mm:ss";
        return then.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>"20 November 2026 17:42:08 (UTC+01:00)", for those who want to know exactly.</summary>
    public string Exact(DateTimeOffset at) => Local(at).ToString("d MMMM yyyy HH:mm:ss '(UTC'zzz')'", CultureInfo.InvariantCulture);

    internal static string? ReadCookie(HttpContext context) => context.Request.Cookies[CookieName];

    private string DayAndTime(DateTimeOffset at)
    {
        var (then, today) = (Local(at), Local(Now).Date);
        var format = (today - then.Date).Days switch
        {
            0 => "HH:mm",
            1 => "'Yesterday' HH:mm",
            _ when then.Year == today.Year => "d MMM HH:mm",
            _ => "d MMM yyyy HH:mm",
        };
        return then.ToString(format, CultureInfo.InvariantCulture);
    }
}
