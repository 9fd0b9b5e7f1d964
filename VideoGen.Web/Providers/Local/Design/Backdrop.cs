using System.Buffers.Binary;

namespace VideoGen.Web.Providers.Local.Design;

/// <summary>
/// The soft light behind everything, as a function of place and time. It has no edges, so it is painted small and scaled up
/// by ffmpeg, which costs next to nothing even for long videos.
/// </summary>
internal abstract class Backdrop
{
    private const int LongSide = 160;
    private const int BytesPerPixel = 8;

    /// <summary>Light at a place.</summary>
    /// <param name="x">0 left to 1 right.</param>
    /// <param name="y">0 top to 1 bottom.</param>
    /// <param name="aspect">Width by height, for round things.</param>
    /// <param name="time">Seconds.</param>
    protected abstract Light At(double x, double y, double aspect, double time);

    /// <summary>How far the corners are darkened, 0 to 1.</summary>
    protected abstract double Vignette { get; }

    /// <summary>Size of the painted frames for a picture of this shape.</summary>
    public static (int Width, int Height) SizeFor(Canvas canvas)
    {
        static int Even(double side) => Math.Max(2, (int)Math.Round(side / 2) * 2);
        return canvas.Width >= canvas.Height
            ? (LongSide, Even(LongSide / canvas.Aspect))
            : (Even(LongSide * canvas.Aspect), LongSide);
    }

    public static int BytesPerFrame(Canvas canvas)
    {
        var (width, height) = SizeFor(canvas);
        return width * height * BytesPerPixel;
    }

    /// <summary>Paints one frame as 16-bit little-endian RGBA; sixteen bits leave no bands in a dark sky.</summary>
    public void Paint(Canvas canvas, int frame, Span<byte> target)
    {
        var (width, height) = SizeFor(canvas);
        var time = frame / (double)canvas.FrameRate;
        var offset = 0;
        for (var row = 0; row < height; row++)
        {
            var y = (row + 0.5) / height;
            for (var column = 0; column < width; column++)
            {
                var x = (column + 0.5) / width;
                var light = At(x, y, canvas.Aspect, time);
                var edge = ((x - 0.5) * (x - 0.5)) + ((y - 0.5) * (y - 0.5));
                var colour = light.Colour.Dim(1 - (Vignette * Math.Min(edge * 1.7, 1))).ToColour();
                Write(target, offset, colour.Red);
                Write(target, offset + 2, colour.Green);
                Write(target, offset + 4, colour.Blue);
                Write(target, offset + 6, light.Opacity);
                offset += BytesPerPixel;
            }
        }
    }

    private static void Write(Span<byte> target, int offset, double value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(target[offset..], (ushort)(Math.Clamp(value, 0, 1) * ushort.MaxValue));

    /// <summary>Colour of one place, and how much it covers of a picture beneath.</summary>
    protected readonly record struct Light(OkLab Colour, double Opacity)
    {
        public static implicit operator Light(OkLab colour) => new(colour, 1);
    }
}
