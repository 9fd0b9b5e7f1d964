using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Web.Providers.Local.Design.Compositions;

/// <summary>A slow move over the reference image, with the title at its foot.</summary>
internal static class PhotoTitle
{
    public static Scene Draw(Stage stage)
    {
        var (canvas, palette, random, unit) = (stage.Canvas, stage.Palette, stage.Random, stage.Unit);
        var script = new SubtitleScript(canvas);
        var ink = palette.IsLight ? palette.Stops[0] : palette.Ink;
        var accent = palette.Accent.Lightness < 0.62 ? palette.Accent.Mix(ink, 0.35) : palette.Accent;
        var isBookish = random.Chance(0.5);
        var box = canvas.IsWide ? canvas.At(0.07, 0.42, 0.78, 0.86) : canvas.At(0.08, 0.52, 0.92, 0.86);
        foreach (var card in stage.Titles.Cards)
        {
            var title = new TitleBlock(
                stage,
                card,
                box,
                new TitleStyle(isBookish ? Lettering.Serif : Lettering.Heavy, isBookish ? Reveal.Focus : Reveal.Rise, ink)
                {
                    Largest = isBookish ? 13.5 : 10.5,
                    Leading = isBookish ? 1 : 1.08,
                    Tracking = isBookish ? 0 : -0.015,
                    Align = -1,
                    Rest = 1,
                });
            title.Draw(script);
            script.Shape(
                40,
                card.Start,
                card.End,
                time => new Pose(title.Left, title.Top - (5 * unit)) { Stretch = Math.Max(0.001, Ease.OutStrong((time - card.Start) / 1.0)), Opacity = Ease.Clamp((card.End - time) / 0.25) },
                accent,
                Outline.Rectangle(0, 0, 9 * unit, 0.7 * unit));
        }

        Labels.Caption(stage, script, canvas.IsWide ? canvas.At(0.07, 0.905, 0.8, 0.94) : canvas.At(0.08, 0.9, 0.92, 0.93), ink, -1);
        var closer = (Zoom: random.Between(1.14, 1.2), X: random.Between(0.25, 0.75), Y: random.Between(0.3, 0.6));
        var wider = (Zoom: 1.03, X: 1 - closer.X, Y: 0.5);
        var move = random.Chance(0.6) ? new PhotoMove(wider, closer) : new PhotoMove(closer, wider);
        return new Scene("photo", palette, canvas, new ScrimBackdrop(palette, random), script, move);
    }
}
