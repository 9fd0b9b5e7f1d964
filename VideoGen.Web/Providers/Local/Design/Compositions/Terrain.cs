namespace VideoGen.Web.Providers.Local.Design.Compositions;

/// <summary>The silhouettes of one landscape.</summary>
internal sealed class Terrain
{
    private readonly Func<double, double, double> _height;
    private readonly SeededRandom _random;
    private readonly Kind _kind;
    private readonly double _unit;

    private Terrain(Kind kind, SeededRandom random, double unit)
    {
        (_kind, _random, _unit) = (kind, random, unit);
        var phases = Enumerable.Range(0, 6).Select(_ => random.Between(0, Math.Tau)).ToArray();
        _height = kind switch
        {
            Kind.Waves => (x, near) => (1.7 + near) * (Math.Sin((x / (11 + (9 * near))) + phases[0] + (near * 9)) + (0.35 * Math.Sin((x / 6) + phases[1] + (near * 4)))),
            Kind.Dunes => (x, near) => (6.5 * (1.2 - (0.5 * near)) * Crest((x / (52 + (20 * near))) + phases[0] + (near * 2.3))) + (0.8 * Math.Sin((x / 17) + phases[1])),
            Kind.Peaks => (x, near) => (1.35 - near) * ((13 * Tooth((x / 46) + phases[0] + (near * 3.7))) + (5 * Tooth((x / 19) + phases[1] + near)) + (1.6 * Tooth((x / 7) + phases[2]))),
            _ => (x, near) => (4.5 * Math.Sin((x / 33) + phases[0] + (near * 5))) + (2 * Math.Sin((x / 15) + phases[1] + (near * 3))) + (0.5 * Math.Sin((x / 5.5) + phases[2])),
        };
    }

    private enum Kind
    {
        Hills,
        Waves,
        Dunes,
        Peaks,
        Pines,
        Town,
    }

    public bool IsWater => _kind == Kind.Waves;

    public static Terrain For(Stage stage)
    {
        var kind = stage.Moods switch
        {
            [Mood.Sea, ..] => Kind.Waves,
            [Mood.Forest, ..] => Kind.Pines,
            [Mood.Desert or Mood.Space, ..] => Kind.Dunes,
            [Mood.City or Mood.Neon, ..] => Kind.Town,
            [Mood.Mountain, ..] => Kind.Peaks,
            [Mood.Winter, ..] => stage.Random.Chance(0.5) ? Kind.Pines : Kind.Peaks,
            _ => stage.Random.Pick([Kind.Hills, Kind.Waves, Kind.Peaks, Kind.Dunes]),
        };
        return new Terrain(kind, stage.Random, stage.Unit);
    }

    /// <summary>One layer as wide and deep as asked, its ridge around 0.</summary>
    public Outline Ridge(double width, double depth, double nearness)
    {
        List<(double X, double Y)> line = [];
        if (_kind == Kind.Town && nearness is > 0.1 and < 0.9)
        {
            AddTown(line, width, nearness);
        }
        else if (_kind == Kind.Pines && nearness > 0.1)
        {
            AddPines(line, width, nearness);
        }
        else
        {
            for (var x = 0.0; x <= width; x += 0.7 * _unit)
            {
                line.Add((x, HeightAt(x, nearness)));
            }
        }

        line.Add((width, line[^1].Y));
        line.Add((width, depth));
        line.Add((0, depth));
        return Outline.Of([line]);
    }

    private double HeightAt(double x, double nearness) => -_height(x / _unit, nearness) * _unit;

    private void AddPines(List<(double X, double Y)> line, double width, double nearness)
    {
        var x = 0.0;
        while (x < width)
        {
            var tall = _random.Between(6, 12) * (0.55 + (0.8 * nearness)) * _unit;
            var half = tall * _random.Between(0.2, 0.26);
            var (middle, foot) = (x + half, HeightAt(x + half, nearness));
            for (var tier = 0; tier < 4; tier++)
            {
                var (low, spread) = (foot - (tall * tier * 0.23), half * (1 - (tier * 0.22)));
                line.Add((middle - spread, low));
                line.Add((middle - (spread * 0.42), low - (tall * 0.2)));
            }

            line.Add((middle, foot - tall));
            for (var tier = 3; tier >= 0; tier--)
            {
                var (low, spread) = (foot - (tall * tier * 0.23), half * (1 - (tier * 0.22)));
                line.Add((middle + (spread * 0.42), low - (tall * 0.2)));
                line.Add((middle + spread, low));
            }

            x += half * _random.Between(1.3, 2.3);
        }
    }

    private void AddTown(List<(double X, double Y)> line, double width, double nearness)
    {
        var x = 0.0;
        while (x < width)
        {
            var wide = _random.Between(4.5, 10) * (0.6 + (0.5 * nearness)) * _unit;
            var tall = _random.Between(4, 24 - (10 * nearness)) * _unit;
            line.Add((x, -tall));
            if (_random.Chance(0.3))
            {
                var mast = x + (wide / 2);
                line.AddRange([(mast - (0.25 * _unit), -tall), (mast - (0.1 * _unit), -tall - (5 * _unit)), (mast + (0.1 * _unit), -tall - (5 * _unit)), (mast + (0.25 * _unit), -tall)]);
            }
            else if (_random.Chance(0.3))
            {
                line.AddRange([(x + (wide * 0.2), -tall), (x + (wide * 0.2), -tall - (2 * _unit)), (x + (wide * 0.8), -tall - (2 * _unit)), (x + (wide * 0.8), -tall)]);
            }

            line.Add((x + wide, -tall));
            if (_random.Chance(0.35))
            {
                line.AddRange([(x + wide, -1.5 * _unit), (x + (wide * 1.25), -1.5 * _unit)]);
                x += wide * 0.25;
            }

            x += wide;
        }
    }

    /// <summary>-1 to 1, sharp above and round below.</summary>
    private static double Crest(double x) => 1 - (2 * Math.Abs(Math.Sin(x / 2)));

    /// <summary>-1 to 1 in straight lines.</summary>
    private static double Tooth(double x) => Math.Asin(Math.Sin(x)) * 2 / Math.PI;
}
