using System.Globalization;
using System.Text;

namespace VideoGen.Web.Providers.Local.Design;

/// <summary>
/// A drawn shape. Its path begins at its own top left corner, because that is where libass puts a drawing; the corner's
/// place is kept beside it.
/// </summary>
internal sealed record Outline(string Path, double Left, double Top, double Width, double Height)
{
    /// <summary>How far a control point lies from its end to make a quarter of a circle.</summary>
    private const double Round = 0.5523;

    public static Outline Of(params IReadOnlyList<IReadOnlyList<(double X, double Y)>> polygons)
    {
        var (left, top) = (polygons.Min(polygon => polygon.Min(point => point.X)), polygons.Min(polygon => polygon.Min(point => point.Y)));
        var (right, bottom) = (polygons.Max(polygon => polygon.Max(point => point.X)), polygons.Max(polygon => polygon.Max(point => point.Y)));
        var path = new StringBuilder();
        foreach (var polygon in polygons)
        {
            for (var index = 0; index < polygon.Count; index++)
            {
                path.Append(index switch { 0 => "m ", 1 => "l ", _ => "" });
                path.Append(CultureInfo.InvariantCulture, $"{polygon[index].X - left:0.##} {polygon[index].Y - top:0.##} ");
            }
        }

        return new Outline(path.ToString(), left, top, right - left, bottom - top);
    }

    public static Outline Rectangle(double left, double top, double width, double height) =>
        Of([[(left, top), (left + width, top), (left + width, top + height), (left, top + height)]]);

    public static Outline Circle(double radius) => new(CirclePath(radius, radius), -radius, -radius, 2 * radius, 2 * radius);

    public static Outline Ring(double radius, double thickness)
    {
        // The inner circle runs the other way round, which makes it a hole.
        var inner = radius - thickness;
        var path = CirclePath(radius, radius) + Text(
            $"m {radius - inner:0.##} {radius:0.##} b {radius - inner:0.##} {radius + (inner * Round):0.##} {radius - (inner * Round):0.##} {radius + inner:0.##} {radius:0.##} {radius + inner:0.##} ")
            + Text($"b {radius + (inner * Round):0.##} {radius + inner:0.##} {radius + inner:0.##} {radius + (inner * Round):0.##} {radius + inner:0.##} {radius:0.##} ")
            + Text($"b {radius + inner:0.##} {radius - (inner * Round):0.##} {radius + (inner * Round):0.##} {radius - inner:0.##} {radius:0.##} {radius - inner:0.##} ")
            + Text($"b {radius - (inner * Round):0.##} {radius - inner:0.##} {radius - inner:0.##} {radius - (inner * Round):0.##} {radius - inner:0.##} {radius:0.##}");
        return new Outline(path, -radius, -radius, 2 * radius, 2 * radius);
    }

    /// <summary>A quarter of a disc with its corner at the top left.</summary>
    public static Outline Quarter(double radius)
    {
        var path = Text($"m 0 0 l {radius:0.##} 0 b {radius:0.##} {radius * Round:0.##} {radius * Round:0.##} {radius:0.##} 0 {radius:0.##}");
        return new Outline(path, 0, 0, radius, radius);
    }

    /// <summary>The edge of a box as a line of its own.</summary>
    public static Outline Frame(double width, double height, double thickness) => Of(
    [
        [(0, 0), (width, 0), (width, height), (0, height)],
        [(thickness, thickness), (thickness, height - thickness), (width - thickness, height - thickness), (width - thickness, thickness)],
    ]);

    private static string CirclePath(double radius, double centre)
    {
        var (r, c, k) = (radius, centre, radius * Round);
        return Text($"m {c - r:0.##} {c:0.##} b {c - r:0.##} {c - k:0.##} {c - k:0.##} {c - r:0.##} {c:0.##} {c - r:0.##} ")
            + Text($"b {c + k:0.##} {c - r:0.##} {c + r:0.##} {c - k:0.##} {c + r:0.##} {c:0.##} ")
            + Text($"b {c + r:0.##} {c + k:0.##} {c + k:0.##} {c + r:0.##} {c:0.##} {c + r:0.##} ")
            + Text($"b {c - k:0.##} {c + r:0.##} {c - r:0.##} {c + k:0.##} {c - r:0.##} {c:0.##} ");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
