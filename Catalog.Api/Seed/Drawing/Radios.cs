using SkiaSharp;
using static System.FormattableString;
using static Catalog.Api.Seed.Drawing.Sketch;

namespace Catalog.Api.Seed.Drawing;

internal static class Radios
{
    public static void Portable(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 420);
        s.Tube("M438 200 L520 62", Palette.Steel, 6);
        s.Ball(520, 60, 9, Palette.Steel);
        s.Line("M160 208 C160 110 440 110 440 208", p.Dark, 20);
        s.Solid(Box(90, 196, 420, 286, 34), p.Main, pattern);
        Grille(s, 210, 346, 96);
        Dial(s, 330, 240, 150, 84);
        Knob(s, 366, 400, 34);
        Knob(s, 456, 400, 24);
    }

    public static void Tabletop(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 450);
        s.Solid(Box(130, 460, 40, 24, 4), p.Dark);
        s.Solid(Box(430, 460, 40, 24, 4), p.Dark);
        s.Solid(Box(76, 200, 448, 266, 26), Palette.Wood, Pattern.Plain);
        s.Solid(Box(98, 222, 236, 222, 14), p.Main, pattern);
        for (var y = 244; y < 440; y += 18)
        {
            s.Line(Invariant($"M114 {y} H318"), p.Dark.WithAlpha(110), 6);
        }

        s.Fill(Box(350, 222, 152, 222, 14), p.Light);
        s.Solid(Circle(426, 304, 62), p.Second);
        s.Solid(Circle(426, 304, 42), p.Main);
        s.Line("M426 304 L452 276", p.Light, 6);
        Knob(s, 384, 408, 20);
        Knob(s, 468, 408, 20);
    }

    public static void Cathedral(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 350);
        s.Solid("M150 470 V270 C150 180 230 150 300 92 C370 150 450 180 450 270 V470 Z", Palette.Wood);
        s.Solid("M180 372 V276 C180 206 246 184 300 136 C354 184 420 206 420 276 V372 Z", p.Main, pattern);
        s.Line("M300 140 V372 M240 190 V372 M360 190 V372", Palette.DarkWood, 11);
        s.Line("M180 290 C240 236 360 236 420 290", Palette.DarkWood, 9);
        Dial(s, 240, 384, 120, 44);
        Knob(s, 204, 420, 20);
        Knob(s, 396, 420, 20);
        s.Solid(Box(132, 458, 336, 26, 8), Palette.DarkWood);
    }

    public static void Pocket(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 240);
        s.Tube("M388 130 L420 30", Palette.Steel, 6);
        s.Ball(420, 28, 8, Palette.Steel);
        s.Line("M190 190 C120 220 130 330 182 340", p.Accent, 9);
        s.Solid(Box(178, 120, 244, 362, 34), p.Main, pattern);
        Dial(s, 206, 150, 188, 76);
        Grille(s, 300, 330, 84);
        Knob(s, 240, 446, 16);
        Knob(s, 360, 446, 16);
    }

    public static void Boombox(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 500);
        s.Line("M130 220 V150 H470 V220", p.Dark, 18);
        s.Solid(Box(52, 206, 496, 276, 28), p.Main, pattern);
        Speaker(s, 154, 362, 84);
        Speaker(s, 446, 362, 84);
        s.Solid(Box(252, 300, 96, 130, 10), p.Dark);
        s.Fill(Box(266, 318, 68, 46, 6), p.Light);
        s.Disc(284, 341, 9, p.Dark);
        s.Disc(316, 341, 9, p.Dark);
        for (var i = 0; i < 4; i++)
        {
            s.Solid(Box(262 + (i * 21), 388, 15, 24, 3), i == 1 ? p.Accent : p.Second);
        }

        Dial(s, 210, 228, 180, 44);
        Knob(s, 110, 246, 18);
        Knob(s, 490, 246, 18);
    }

    public static void Sphere(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 240);
        s.Solid("M220 482 C220 448 250 430 300 430 C350 430 380 448 380 482 Z", p.Dark);
        s.Tube("M352 150 L410 44", Palette.Steel, 6);
        s.Ball(410, 42, 9, Palette.Steel);
        s.Ball(300, 290, 172, p.Main);
        s.Solid(Circle(300, 290, 118), Shade(p.Main, -0.14f), pattern);
        s.Solid(Circle(300, 290, 96), p.Light, depth: 0.6f);
        for (var i = 0; i < 9; i++)
        {
            s.At(300, 290, -120 + (i * 30), () => s.Line("M0 -84 V-70", p.Dark, 5));
        }

        s.At(300, 290, 42, () => s.Line("M0 10 V-74", p.Accent, 8));
        s.Ball(300, 290, 24, p.Dark);
        s.Gleam("M164 250 C174 204 204 168 246 150");
    }

    public static void Valve(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 430);
        s.Solid("M84 470 V250 C84 190 120 164 180 164 H420 C480 164 516 190 516 250 V470 Z", p.Main, pattern);
        s.Fill("M116 360 V256 C116 214 140 194 184 194 H416 C460 194 484 214 484 256 V360 Z", p.Second);
        for (var x = 136; x < 480; x += 22)
        {
            s.Line(Invariant($"M{x} 208 V352"), Shade(p.Second, -0.22f), 5);
        }

        s.Ball(300, 272, 46, Palette.Brass);
        s.Disc(300, 272, 30, SKColor.Parse("#7CE0A3"));
        s.Fill("M300 272 L286 246 H314 Z", SKColor.Parse("#1F5C40"));
        Dial(s, 176, 378, 248, 40);
        Knob(s, 132, 420, 27);
        Knob(s, 468, 420, 27);
        s.Solid(Box(68, 458, 464, 26, 10), Palette.DarkWood);
    }

    private static void Grille(Sketch s, float x, float y, float radius)
    {
        s.Solid(Circle(x, y, radius), Shade(s.Palette.Main, -0.2f));
        for (var ring = 1; ring <= 4; ring++)
        {
            var r = radius * ring / 4.7f;
            var holes = ring * 7;
            for (var i = 0; i < holes; i++)
            {
                var angle = i * 2 * MathF.PI / holes;
                s.Disc(x + (MathF.Cos(angle) * r), y + (MathF.Sin(angle) * r), radius * 0.055f, s.Palette.Dark);
            }
        }

        s.Disc(x, y, radius * 0.055f, s.Palette.Dark);
    }

    private static void Speaker(Sketch s, float x, float y, float radius)
    {
        s.Solid(Circle(x, y, radius), s.Palette.Dark);
        s.Solid(Circle(x, y, radius * 0.82f), Shade(s.Palette.Dark, 0.22f));
        s.Ball(x, y, radius * 0.36f, Palette.Steel);
    }

    private static void Dial(Sketch s, float x, float y, float width, float height)
    {
        var p = s.Palette;
        s.Fill(Box(x, y, width, height, 10), p.Light);
        var marks = (int)(width / 15);
        for (var i = 1; i < marks; i++)
        {
            var at = x + (i * width / marks);
            s.Line(Invariant($"M{at} {y + (height * 0.25f)} V{y + (height * (i % 3 == 0 ? 0.62f : 0.45f))}"), p.Dark, 3);
        }

        s.Line(Invariant($"M{x + (width * 0.64f)} {y + 5} V{y + height - 5}"), p.Accent, 5);
    }

    private static void Knob(Sketch s, float x, float y, float radius)
    {
        s.Disc(x + 3, y + 5, radius, s.Palette.Dark.WithAlpha(70));
        s.Ball(x, y, radius, s.Palette.Light);
        s.At(x, y, 38, () => s.Line(Invariant($"M0 {-radius * 0.25f} V{-radius * 0.78f}"), s.Palette.Accent, radius * 0.18f));
    }
}
