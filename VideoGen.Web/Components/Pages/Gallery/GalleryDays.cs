using System.Globalization;
using VideoGen.Web.Gallery;

namespace VideoGen.Web.Components.Pages.Gallery;

/// <summary>The videos of one day of the person's calendar.</summary>
internal sealed record GalleryDay(DateOnly Date, string Title, IReadOnlyList<VideoCard> Cards);

/// <summary>Groups the grid by days.</summary>
internal static class GalleryDays
{
    /// <param name="cards">Newest first.</param>
    /// <param name="clock">Knows the person's zone.</param>
    public static IEnumerable<GalleryDay> Of(IReadOnlyList<VideoCard> cards, PersonClock clock)
    {
        var today = DateOnly.FromDateTime(clock.Local(clock.Now).Date);
        return cards
            .GroupBy(card => DateOnly.FromDateTime(clock.Local(card.CreatedAt).Date))
            .Select(day => new GalleryDay(day.Key, TitleOf(day.Key, today), [.. day]));
    }

    private static string TitleOf(DateOnly day, DateOnly today) => (today.DayNumber - day.DayNumber) switch
    {
        0 => "Today",
        1 => "Yesterday",
        _ when day.Year == today.Year => day.ToString("dddd d MMMM", CultureInfo.InvariantCulture),
        _ => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
    };
}
