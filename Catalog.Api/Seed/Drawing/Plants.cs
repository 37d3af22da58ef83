using SkiaSharp;
using static System.FormattableString;
using static Catalog.Api.Seed.Drawing.Sketch;

namespace Catalog.Api.Seed.Drawing;

internal static class Plants
{
    private static readonly SKColor Green = SKColor.Parse("#4E8F5B");
    private static readonly SKColor Deep = SKColor.Parse("#2F6B4C");
    private static readonly SKColor Fresh = SKColor.Parse("#86B85A");
    private static readonly SKColor Blush = SKColor.Parse("#E8718D");
    private static readonly SKColor Grey = SKColor.Parse("#8FB3A0");

    public static void Cactus(Sketch s, Pattern pattern)
    {
        s.Shadow(300, 220);
        s.Solid("M250 300 C164 306 140 268 146 214 C148 190 184 190 186 214 C186 246 192 256 250 254 Z", Deep);
        s.Solid("M350 270 C436 276 462 236 456 180 C454 156 418 156 416 180 C416 212 410 222 350 222 Z", Deep);
        s.Solid("M238 372 V168 C238 84 362 84 362 168 V372 Z", Green);
        s.Line("M270 120 V366 M300 108 V366 M330 120 V366", Shade(Green, -0.2f), 5);
        for (var y = 140; y < 350; y += 34)
        {
            s.Line(Invariant($"M262 {y} l8 -6 M292 {y + 14} l8 -6 M322 {y} l8 -6"), s.Palette.Light, 4);
        }

        Flower(s, 300, 98, Blush, 0.9f);
        Pot(s, pattern, 300, 360, 190);
    }

    public static void Monstera(Sketch s, Pattern pattern)
    {
        s.Shadow(300, 230);
        s.Line(
            "M300 390 C290 300 220 280 196 200 M300 390 C300 280 310 220 316 140 M300 390 C320 300 390 300 424 236 M300 390 C280 330 200 340 150 310",
            Deep,
            8);
        SplitLeaf(s, 186, 186, -38, 1.02f, Deep);
        SplitLeaf(s, 428, 218, 44, 0.98f, Green);
        SplitLeaf(s, 140, 312, -76, 0.72f, Green);
        SplitLeaf(s, 312, 172, 6, 1.02f, Green);
        Pot(s, pattern, 300, 366, 190);
    }

    public static void Snake(Sketch s, Pattern pattern)
    {
        s.Shadow(300, 220);
        (float X, float Angle, float Height)[] blades = [(220, -20, 250), (380, 20, 262), (258, -9, 320), (342, 10, 300), (300, 1, 352)];
        foreach (var (x, angle, height) in blades)
        {
            s.At(x, 392, angle, () =>
            {
                var path = Invariant(
                    $"M-30 0 C-42 {-height * 0.5f} -22 {-height * 0.85f} 0 {-height} C22 {-height * 0.85f} 42 {-height * 0.5f} 30 0 Z");
                s.Solid(path, Fresh);
                s.At(0, -8, 0, () => s.Solid(path, Deep, Pattern.Waves, Grey.WithAlpha(120)), 0.76f);
            });
        }

        Pot(s, pattern, 300, 366, 186);
    }

    public static void Succulent(Sketch s, Pattern pattern)
    {
        s.Shadow(300, 280);
        SKColor[] rings = [Deep, Green, Grey, SKColor.Parse("#BFD8B8")];
        for (var ring = 0; ring < rings.Length; ring++)
        {
            var leaves = 11 - (ring * 2);
            var size = 1 - (ring * 0.22f);
            for (var i = 0; i < leaves; i++)
            {
                var colour = rings[ring];
                s.At(
                    300,
                    286,
                    (i * 360f / leaves) + (ring * 17),
                    () => s.Solid("M0 0 C-62 -52 -46 -132 0 -172 C46 -132 62 -52 0 0 Z", colour),
                    size);
            }
        }

        s.Ball(300, 286, 13, s.Palette.Accent);
        Pot(s, pattern, 300, 372, 250, 108);
    }

    public static void Trailing(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Line("M300 0 L212 220 M300 0 L388 220", Palette.Wood, 6);
        s.Ball(300, 40, 14, Palette.Brass);
        foreach (var (x, angle) in new[] { (232f, -34f), (272f, -12f), (312f, 10f), (356f, 32f) })
        {
            s.At(x, 214, angle, () => Leaf(s, 84, 34, Green));
        }

        s.Solid("M196 210 H404 C412 300 376 352 300 352 C224 352 188 300 196 210 Z", p.Main, pattern);
        s.Line("M194 212 H406", Shade(p.Main, -0.18f), 12);
        (float X, float Length, float Sway)[] vines = [(206, 220, -24), (244, 282, 14), (352, 250, -16), (394, 300, 20)];
        foreach (var (x, length, sway) in vines)
        {
            s.Line(
                Invariant($"M{x} 214 C{x + sway} {214 + (length / 3)} {x - sway} {214 + (length * 0.7f)} {x + (sway / 2)} {214 + length}"),
                Deep,
                5);
            for (var i = 1; i <= 6; i++)
            {
                var side = i % 2 == 0 ? 1 : -1;
                s.At(x + (sway * MathF.Sin(i) * 0.5f), 214 + (length * i / 6), 180 + (side * 62), () => Leaf(
                    s, 52, 30, side > 0 ? Green : Fresh));
            }
        }
    }

    public static void Fern(Sketch s, Pattern pattern)
    {
        s.Shadow(300, 230);
        foreach (var angle in new[] { -82f, 82f, -58, 58, -34, 34, -12, 13 })
        {
            s.At(300, 380, angle, () => Frond(s, 236 - (Math.Abs(angle) * 0.3f), Math.Abs(angle) > 45 ? Deep : Green));
        }

        Pot(s, pattern, 300, 362, 196);
    }

    public static void Palm(Sketch s, Pattern pattern)
    {
        s.Shadow(300, 220);
        s.Tube("M300 380 C296 320 306 280 300 222", Palette.DarkWood, 20);
        foreach (var (angle, length) in new[] { (-104f, 150f), (104, 150), (-68, 186), (70, 186), (-34, 190), (36, 190), (0, 176) })
        {
            s.At(300, 226, angle, () => s.Solid(
                Invariant($"M-4 0 C-38 {-length * 0.4f} -26 {-length * 0.8f} 10 {-length} C34 {-length * 0.7f} 30 {-length * 0.3f} 4 0 Z"),
                Math.Abs(angle) > 60 ? Deep : Green));
        }

        Pot(s, pattern, 300, 366, 190);
    }

    public static void Blossom(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 210);
        s.Line("M298 390 C280 280 240 220 330 120 C360 90 410 100 440 130", Deep, 8);
        s.Line("M302 390 C310 300 250 260 200 236 C176 226 150 236 138 254", Deep, 7);
        s.At(290, 392, -64, () => Leaf(s, 170, 62, Deep));
        s.At(310, 392, 62, () => Leaf(s, 176, 64, Green));
        foreach (var (x, y, size) in new[]
        {
            (442f, 136f, 0.8f), (392f, 104f, 1.05f), (332f, 128f, 1.15f), (290f, 186f, 1.1f), (140f, 258f, 0.75f), (190f, 236f, 0.95f),
        })
        {
            Flower(s, x, y, p.Accent, size);
        }

        Pot(s, pattern, 300, 366, 176);
    }

    public static void Bonsai(Sketch s, Pattern pattern)
    {
        s.Shadow(300, 330);
        s.Tube("M296 410 C260 350 360 330 320 270 C300 236 330 210 346 186", Palette.DarkWood, 30);
        s.Tube("M322 300 C280 280 240 284 214 262", Palette.DarkWood, 17);
        s.Tube("M334 250 C370 250 400 252 428 244", Palette.DarkWood, 14);
        foreach (var (x, y, w, colour) in new[] { (200f, 246f, 104f, Deep), (436f, 226f, 92f, Deep), (340f, 160f, 128f, Green), (270f, 196f, 76f, Fresh) })
        {
            s.Solid(
                Invariant(
                    $"M{x - w} {y} C{x - w} {y - 46} {x - (w * 0.4f)} {y - 70} {x} {y - 62} C{x + (w * 0.5f)} {y - 76} {x + w} {y - 40} {x + w} {y} C{x + (w * 0.5f)} {y + 22} {x - (w * 0.5f)} {y + 22} {x - w} {y} Z"),
                colour);
        }

        s.Solid(Box(256, 394, 88, 20, 10), SKColor.Parse("#5C4433"));
        s.Solid("M150 408 H450 L424 466 H176 Z", s.Palette.Main, pattern);
        s.Solid(Box(188, 462, 44, 20, 4), Shade(s.Palette.Main, -0.2f));
        s.Solid(Box(368, 462, 44, 20, 4), Shade(s.Palette.Main, -0.2f));
    }

    public static void Rubber(Sketch s, Pattern pattern)
    {
        s.Shadow(300, 220);
        s.Line("M300 390 V130", Palette.DarkWood, 11);
        foreach (var (y, angle, colour) in new[]
        {
            (330f, -66f, Deep), (306f, 64f, Deep), (262f, -56f, Green), (238f, 54f, Green), (196f, -44f, Deep), (176f, 42f, Deep),
            (166f, -4f, Green),
        })
        {
            s.At(300, y, angle, () => Leaf(s, 150, 62, colour));
        }

        Pot(s, pattern, 300, 366, 190);
    }

    private static void Pot(Sketch s, Pattern pattern, float x, float y, float width, float height = 116)
    {
        var p = s.Palette;
        var half = width / 2;
        s.Oval(x, y + 4, half * 0.94f, 12, SKColor.Parse("#5C4433"));
        s.Solid(
            Invariant(
                $"M{x - half + 10} {y + 18} H{x + half - 10} L{x + (half * 0.7f)} {y + height - 8} Q{x + (half * 0.68f)} {y + height} {x + (half * 0.6f)} {y + height} H{x - (half * 0.6f)} Q{x - (half * 0.68f)} {y + height} {x - (half * 0.7f)} {y + height - 8} Z"),
            p.Main,
            pattern);
        s.Solid(Box(x - half, y, width, 34, 9), Shade(p.Main, 0.06f));
    }

    private static void Leaf(Sketch s, float length, float width, SKColor colour)
    {
        s.Solid(
            Invariant(
                $"M0 0 C{-width} {-length * 0.3f} {-width * 0.8f} {-length * 0.8f} 0 {-length} C{width * 0.8f} {-length * 0.8f} {width} {-length * 0.3f} 0 0 Z"),
            colour);
        s.Line(Invariant($"M0 0 V{-length * 0.86f}"), Shade(colour, 0.25f), Math.Max(2, width * 0.06f));
    }

    private static void SplitLeaf(Sketch s, float x, float y, float angle, float scale, SKColor colour) => s.At(x, y, angle, () =>
    {
        const string Outline = "M0 84 C-110 74 -128 -30 -60 -92 C-30 -116 -10 -124 0 -132 C10 -124 30 -116 60 -92 C128 -30 110 74 0 84 Z";
        s.Solid(Outline, colour);
        foreach (var side in new[] { -1, 1 })
        {
            foreach (var (from, to, lift) in new[] { (-70f, 92f, -24f), (-28f, 118f, -14f), (16f, 122f, 2f), (54f, 96f, 22f) })
            {
                s.Within(
                    Outline,
                    () => s.Line(Invariant($"M{side * 38} {from} L{side * to} {from + lift}"), Shade(s.Palette.Backdrop, 0.35f), 10));
            }
        }

        s.Line("M0 84 V-118", Shade(colour, 0.28f), 5);
    }, scale);

    private static void Frond(Sketch s, float length, SKColor colour)
    {
        s.Line(Invariant($"M0 0 C-10 {-length * 0.4f} 0 {-length * 0.7f} 20 {-length}"), colour, 5);
        for (var i = 2; i < 13; i++)
        {
            var y = -length * i / 13;
            var size = 0.5f + (0.5f * MathF.Sin(MathF.PI * i / 14));
            var lean = i > 8 ? (i - 8) * 4f : 0;
            s.At(lean - 4, y, -62, () => Leaf(s, 62 * size, 15, colour));
            s.At(lean - 2, y, 66, () => Leaf(s, 62 * size, 15, Shade(colour, 0.12f)));
        }
    }

    private static void Flower(Sketch s, float x, float y, SKColor colour, float scale) => s.At(x, y, 12, () =>
    {
        for (var i = 0; i < 5; i++)
        {
            s.At(0, 0, i * 72, () => s.Solid("M0 0 C-30 -16 -24 -50 0 -54 C24 -50 30 -16 0 0 Z", colour));
        }

        s.Ball(0, 0, 11, Palette.Brass);
    }, scale);
}
