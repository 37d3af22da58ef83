using SkiaSharp;
using static System.FormattableString;

namespace Catalog.Api.Seed.Drawing;

internal enum Pattern
{
    Plain,
    Dots,
    Stripes,
    Columns,
    Waves,
    Zigzag,
    Terrazzo,
    Leaves,
    Grid,
    Band,
    Drip,
    Diagonal,
}

/// <summary>What is painted, woven or glazed on a surface. Drawn over its bounds; the caller clips.</summary>
internal static class Patterns
{
    public static void Draw(Sketch s, Pattern pattern, SKRect at, SKColor colour)
    {
        switch (pattern)
        {
            case Pattern.Dots:
                EachCell(at, 40, (x, y, odd) => s.Disc(x + (odd ? 20 : 0), y, 8, colour));
                break;
            case Pattern.Stripes:
                EachStep(at.Top + 14, at.Bottom, 44, y => s.Line(Invariant($"M{at.Left} {y} H{at.Right}"), colour, 16, round: false));
                break;
            case Pattern.Columns:
                EachStep(at.Left + 14, at.Right, 40, x => s.Line(Invariant($"M{x} {at.Top} V{at.Bottom}"), colour, 13, round: false));
                break;
            case Pattern.Waves:
                EachStep(at.Top + 16, at.Bottom + 20, 38, y => s.Line(Wave(at, y, 13, smooth: true), colour, 7));
                break;
            case Pattern.Zigzag:
                EachStep(at.Top + 20, at.Bottom + 20, 46, y => s.Line(Wave(at, y, 17, smooth: false), colour, 9));
                break;
            case Pattern.Terrazzo:
                Terrazzo(s, at, colour);
                break;
            case Pattern.Leaves:
                EachCell(at, 58, (x, y, odd) => s.At(x + (odd ? 29 : 0), y, odd ? 35 : -35, () =>
                {
                    s.Fill("M0 -20 C14 -10 14 10 0 20 C-14 10 -14 -10 0 -20 Z", colour);
                    s.Line("M0 -14 V26", Sketch.Shade(colour, -0.2f), 2.5f);
                }));
                break;
            case Pattern.Grid:
                EachStep(at.Left + 20, at.Right, 40, x => s.Line(Invariant($"M{x} {at.Top} V{at.Bottom}"), colour.WithAlpha(150), 4));
                EachStep(at.Top + 20, at.Bottom, 40, y => s.Line(Invariant($"M{at.Left} {y} H{at.Right}"), colour.WithAlpha(150), 4));
                break;
            case Pattern.Band:
                var middle = at.MidY;
                s.Line(Invariant($"M{at.Left} {middle} H{at.Right}"), colour, Math.Min(70, at.Height * 0.26f), round: false);
                s.Line(Invariant($"M{at.Left} {middle + Math.Min(56, at.Height * 0.2f)} H{at.Right}"), colour, 6, round: false);
                s.Line(Invariant($"M{at.Left} {middle - Math.Min(56, at.Height * 0.2f)} H{at.Right}"), colour, 6, round: false);
                break;
            case Pattern.Drip:
                Drip(s, at, colour);
                break;
            case Pattern.Diagonal:
                EachStep(at.Left - at.Height, at.Right, 46, x => s.Line(
                    Invariant($"M{x} {at.Bottom} L{x + at.Height} {at.Top}"), colour, 15, round: false));
                break;
            default:
                break;
        }
    }

    private static void Terrazzo(Sketch s, SKRect at, SKColor colour)
    {
        SKColor[] chips = [colour, s.Palette.Accent, s.Palette.Light];
        var n = 0;
        EachCell(at, 36, (x, y, odd) =>
        {
            n++;
            s.At(
                x + (n * 7 % 13),
                y + (n * 5 % 17),
                n * 47,
                () => s.Fill("M-9 -3 L-2 -8 L8 -4 L6 5 L-5 7 Z", chips[n % chips.Length]),
                0.7f + (n % 4 * 0.14f));
        });
    }

    // Glaze that ran down from the rim.
    private static void Drip(Sketch s, SKRect at, SKColor colour)
    {
        float[] lengths = [0.42f, 0.56f, 0.36f, 0.62f, 0.44f, 0.52f, 0.34f, 0.58f];
        var width = at.Width / lengths.Length;
        s.Fill(Invariant($"M{at.Left} {at.Top} H{at.Right} V{at.Top + (at.Height * 0.36f)} H{at.Left} Z"), colour);
        for (var i = 0; i < lengths.Length; i++)
        {
            s.Fill(Sketch.Box(at.Left + (i * width), at.Top, width + 1, at.Height * lengths[i], width / 2), colour);
        }
    }

    private static string Wave(SKRect at, float y, float height, bool smooth)
    {
        const float Step = 26;
        var path = new System.Text.StringBuilder(Invariant($"M{at.Left - Step} {y}"));
        var up = true;
        for (var x = at.Left; x < at.Right + Step; x += Step, up = !up)
        {
            var next = up ? y - height : y;
            path.Append(smooth
                ? Invariant($" C{x - (Step / 2)} {(up ? y : y - height)} {x - (Step / 2)} {next} {x} {next}")
                : Invariant($" L{x} {next}"));
        }

        return path.ToString();
    }

    private static void EachStep(float from, float to, float step, Action<float> draw)
    {
        for (var at = from; at < to; at += step)
        {
            draw(at);
        }
    }

    private static void EachCell(SKRect at, float step, Action<float, float, bool> draw)
    {
        var odd = false;
        for (var y = at.Top + (step * 0.5f); y < at.Bottom + step; y += step * 0.8f, odd = !odd)
        {
            for (var x = at.Left - (step * 0.2f); x < at.Right + step; x += step)
            {
                draw(x, y, odd);
            }
        }
    }
}
