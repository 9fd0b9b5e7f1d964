using System.Globalization;
using VideoGen.Domain.Models;
using VideoGen.Domain.Progress;

namespace VideoGen.Web.Components.Controls;

/// <summary>Numbers as people read them: spans, ranges, money, sizes. One place, so that every page says them alike.</summary>
internal static class Words
{
    /// <summary>"4 s", "2 min 49 s", "1 h 5 min": how long something took.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => Say($"{Math.Max(0, Math.Round(span.TotalSeconds, MidpointRounding.ToZero)):0} s"),
        { TotalHours: < 1 } => span.Seconds == 0 ? Say($"{span.Minutes} min") : Say($"{span.Minutes} min {span.Seconds} s"),
        _ => span.Minutes == 0 ? Say($"{(int)span.TotalHours} h") : Say($"{(int)span.TotalHours} h {span.Minutes} min"),
    };

    /// <summary>"0:07", "1:42", "1:02:05": time as it runs, and the length of a video.</summary>
    public static string Clock(TimeSpan span)
    {
        var whole = TimeSpan.FromSeconds(Math.Max(0, Math.Floor(span.TotalSeconds)));
        return whole.TotalHours >= 1
            ? Say($"{(int)whole.TotalHours}:{whole.Minutes:00}:{whole.Seconds:00}")
            : Say($"{whole.Minutes}:{whole.Seconds:00}");
    }

    /// <summary>"10 s", "2.5 s": the length of a video as it is ordered.</summary>
    public static string Length(TimeSpan length) => Say($"{length.TotalSeconds:0.##} s");

    /// <summary>"1–2 min left", "under a minute left".</summary>
    public static string Left(TimeRange left)
    {
        if (left.Max < TimeSpan.FromMinutes(1))
        {
            return "under a minute left";
        }

        return left.Max < TimeSpan.FromHours(1.5)
            ? Range(Math.Floor(left.Min.TotalMinutes), Math.Ceiling(left.Max.TotalMinutes), "min", "–") + " left"
            : Range(Math.Floor(left.Min.TotalHours), Math.Ceiling(left.Max.TotalHours), "h", "–") + " left";
    }

    /// <summary>"about 20 s", "10–30 s", "2–4 min": how long a model usually takes.</summary>
    public static string Usual(UsualTime usual) => Usual(usual, "–");

    /// <summary>The same inside a sentence: "2 to 4 min".</summary>
    public static string UsualInWords(UsualTime usual) => Usual(usual, " to ");

    /// <summary>"$2.40"; "Free"; "Price not known".</summary>
    public static string Money(decimal? dollars) => dollars switch
    {
        null => "Price not known",
        0 => "Free",
        { } some => Dollars(some),
    };

    public static string Dollars(decimal dollars) => Say($"${dollars:0.00##}");

    /// <summary>"12.4 MB".</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => Say($"{bytes} bytes"),
        < 1_000_000 => Say($"{bytes / 1e3:0} KB"),
        < 1_000_000_000 => Say($"{bytes / 1e6:0.0} MB"),
        _ => Say($"{bytes / 1e9:0.0} GB"),
    };

    /// <summary>"1 video", "1,284 videos".</summary>
    public static string Count(int count, string one) => Say($"{count:N0} {(count == 1 ? one : one + "s")}");

    /// <summary>"1st", "2nd", "3rd", "11th".</summary>
    public static string Ordinal(int number) => (number % 100) switch
    {
        11 or 12 or 13 => Say($"{number}th"),
        _ => (number % 10) switch
        {
            1 => Say($"{number}st"),
            2 => Say($"{number}nd"),
            3 => Say($"{number}rd"),
            _ => Say($"{number}th"),
        },
    };

    /// <summary>"24%"; never 100 before it is done. Counted in decimals: 0.29 is a little less than that in binary, and is 29% all the same.</summary>
    public static int Percent(double fraction) => Math.Clamp((int)Math.Floor((decimal)fraction * 100), 0, 99);

    /// <summary>"2.5 s" style invariant text of an interpolated string.</summary>
    public static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Usual(UsualTime usual, string to) => usual.Max <= TimeSpan.FromMinutes(1.5)
        ? Range(Math.Round(usual.Min.TotalSeconds), Math.Round(usual.Max.TotalSeconds), "s", to)
        : Range(Math.Round(usual.Min.TotalMinutes), Math.Round(usual.Max.TotalMinutes), "min", to);

    private static string Range(double min, double max, string unit, string to) => min switch
    {
        _ when min >= max => Say($"about {max:0} {unit}"),
        0 => Say($"under {max:0} {unit}"),
        _ => Say($"{min:0}{to}{max:0} {unit}"),
    };
}
