using SkiaSharp;
using static System.FormattableString;
using static Catalog.Api.Seed.Drawing.Sketch;

namespace Catalog.Api.Seed.Drawing;

internal static class Kites
{
    public static void Diamond(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        Sky(s);
        s.At(322, 246, 16, () =>
        {
            s.Solid("M0 -186 L138 -30 L0 206 L-138 -30 Z", p.Main, pattern);
            s.Fill("M0 -186 L138 -30 H0 Z", p.Accent);
            s.Fill("M0 206 L-138 -30 H0 Z", p.Second);
            s.Line("M0 -186 V206 M-138 -30 H138", Palette.DarkWood, 5);
        });
        s.Line("M264 444 C230 500 330 500 286 548 C262 574 220 560 206 590", p.Dark, 3);
        Bow(s, 258, 478, 30);
        Bow(s, 304, 516, -20);
        Bow(s, 244, 568, 30);
    }

    public static void Delta(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        Sky(s);
        s.At(306, 226, -8, () =>
        {
            s.Solid("M0 -140 C-70 -60 -190 30 -262 96 C-170 90 -80 92 0 128 Z", p.Main, pattern);
            s.Solid("M0 -140 C70 -60 190 30 262 96 C170 90 80 92 0 128 Z", p.Accent, pattern);
            s.Fill("M0 -140 C-26 -100 -60 -60 -92 -30 L0 20 L92 -30 C60 -60 26 -100 0 -140 Z", p.Second);
            s.Line("M0 -140 V128 M0 -140 C-70 -60 -190 30 -262 96 M0 -140 C70 -60 190 30 262 96", p.Dark, 5);
            s.Solid("M0 20 L-18 128 L0 186 L18 128 Z", Shade(p.Main, -0.2f));
        });
        s.Line("M302 354 C250 440 380 460 320 600", p.Dark.WithAlpha(130), 2.5f);
        Ribbon(s, 246, 346, p.Main, "C200 420 260 450 210 540");
        Ribbon(s, 364, 340, p.Accent, "C420 400 360 450 420 530");
    }

    public static void BoxKite(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        Sky(s);
        s.At(300, 270, 20, () =>
        {
            foreach (var y in new[] { -200f, 70 })
            {
                s.Solid(Invariant($"M-40 {y - 26} L104 {y} V{y + 120} L-40 {y + 94} Z"), Shade(p.Second, -0.12f));
                s.Solid(Invariant($"M-118 {y + 4} L-40 {y - 26} V{y + 94} L-118 {y + 124} Z"), Shade(p.Main, -0.22f));
                s.Solid(Invariant($"M-118 {y + 4} L28 {y + 32} V{y + 152} L-118 {y + 124} Z"), p.Main, pattern);
                s.Solid(Invariant($"M28 {y + 32} L104 {y} V{y + 120} L28 {y + 152} Z"), p.Accent);
            }

            s.Line("M-118 -204 V204 M28 -176 V232 M104 -208 V200 M-40 -234 V-196", Palette.DarkWood, 7);
        });
        s.Line("M246 462 C270 520 200 540 190 600", p.Dark.WithAlpha(130), 2.5f);
    }

    public static void Fish(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        Sky(s);
        s.Line("M40 176 L110 260", p.Dark, 4);
        s.At(300, 290, 8, () =>
        {
            s.Solid(
                "M-216 -66 C-110 -122 40 -112 130 -34 L240 -124 C222 -50 222 50 240 124 L130 34 C40 112 -110 122 -216 66 Z",
                p.Main,
                pattern,
                p.Second);
            s.Fill("M-216 -66 C-186 -82 -150 -92 -118 -96 C-84 -40 -84 40 -118 96 C-150 92 -186 82 -216 66 Z", p.Accent);
            s.Oval(-216, 0, 24, 66, p.Dark);
            s.Oval(-216, 0, 15, 52, Shade(p.Dark, 0.25f));
            s.Disc(-154, -36, 25, p.Light);
            s.Disc(-150, -36, 12, p.Dark);
            s.Solid("M-40 -104 C0 -170 70 -150 92 -62 Z", p.Accent);
            s.Solid("M-30 104 C-10 152 40 150 56 84 Z", p.Accent);
            s.Solid("M-66 -4 C-30 -34 20 -24 34 12 C4 40 -40 30 -66 -4 Z", Shade(p.Main, -0.2f));
        });
    }

    public static void Bird(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        Sky(s);
        s.Line("M300 350 C320 450 250 500 270 600", p.Dark.WithAlpha(130), 2.5f);
        s.At(300, 270, -6, () =>
        {
            foreach (var side in new[] { -1, 1 })
            {
                s.Solid(
                    Invariant(
                        $"M{side * 30} -50 C{side * 100} -140 {side * 200} -140 {side * 268} -70 C{side * 244} -60 {side * 236} -40 {side * 240} -16 C{side * 206} -24 {side * 190} -6 {side * 188} 22 C{side * 150} 8 {side * 132} 24 {side * 126} 52 C{side * 90} 36 {side * 60} 46 {side * 34} 62 Z"),
                    p.Main,
                    pattern);
                s.Line(Invariant($"M{side * 34} -36 C{side * 110} -112 {side * 190} -116 {side * 250} -66"), p.Dark, 5);
                s.Solid(Invariant($"M{side * 6} 90 L{side * 66} 206 L{side * 18} 182 L0 130 Z"), p.Accent);
            }

            s.Solid("M0 -116 C54 -116 64 -40 44 34 C34 84 16 116 0 128 C-16 116 -34 84 -44 34 C-64 -40 -54 -116 0 -116 Z", p.Second);
            s.Disc(-20, -70, 17, p.Light);
            s.Disc(20, -70, 17, p.Light);
            s.Disc(-18, -70, 8, p.Dark);
            s.Disc(18, -70, 8, p.Dark);
            s.Fill("M-10 -58 H10 L0 -34 Z", Palette.Brass);
            s.Line("M-16 -6 q16 14 32 0 M-16 26 q16 14 32 0 M-12 58 q12 12 24 0", p.Main, 5);
        });
    }

    public static void Swallow(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        Sky(s);
        s.Line("M300 330 C320 440 250 500 270 600", p.Dark.WithAlpha(130), 2.5f);
        s.At(300, 236, -14, () =>
        {
            foreach (var side in new[] { -1, 1 })
            {
                s.Solid(
                    Invariant($"M0 30 C{side * 10} 130 {side * 50} 210 {side * 104} 292 C{side * 96} 210 {side * 78} 130 {side * 38} 20 Z"),
                    p.Main);
                s.Solid(
                    Invariant(
                        $"M{side * 16} -92 C{side * 80} -124 {side * 160} -104 {side * 276} 66 C{side * 196} 10 {side * 120} -8 {side * 34} 34 Z"),
                    p.Main,
                    pattern);
                s.Solid(
                    Invariant(
                        $"M{side * 20} -74 C{side * 76} -98 {side * 130} -82 {side * 190} -6 C{side * 130} -34 {side * 90} -36 {side * 30} -10 Z"),
                    p.Second);
            }

            s.Solid("M0 -166 C38 -158 50 -120 44 -60 C40 0 24 60 0 104 C-24 60 -40 0 -44 -60 C-50 -120 -38 -158 0 -166 Z", p.Main);
            s.Solid("M0 -70 C22 -70 30 -50 26 -20 C22 20 12 52 0 78 C-12 52 -22 20 -26 -20 C-30 -50 -22 -70 0 -70 Z", p.Light, depth: 0.4f);
            s.Solid("M-30 -108 C-20 -72 20 -72 30 -108 C16 -122 -16 -122 -30 -108 Z", p.Accent);
            s.Fill("M-9 -160 L0 -192 L9 -160 Z", Palette.Brass);
            s.Disc(-18, -134, 7, p.Light);
            s.Disc(18, -134, 7, p.Light);
            s.Disc(-18, -135, 3.5f, p.Dark);
            s.Disc(18, -135, 3.5f, p.Dark);
        });
    }

    public static void Star(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        Sky(s);
        s.Line("M300 440 C320 500 250 540 270 600", p.Dark.WithAlpha(130), 2.5f);
        s.At(300, 270, 10, () =>
        {
            for (var i = 0; i < 6; i++)
            {
                var point = i;
                s.At(0, 0, i * 60, () =>
                {
                    s.Solid("M0 -208 L52 -92 L0 0 L-52 -92 Z", point % 2 == 0 ? p.Main : p.Accent, pattern);
                    s.Fill("M0 -208 L52 -92 L0 0 Z", p.Dark.WithAlpha(34));
                });
            }

            for (var i = 0; i < 3; i++)
            {
                s.At(0, 0, i * 60, () => s.Line("M0 -208 V208", Palette.DarkWood, 5));
            }

            s.Solid(Circle(0, 0, 44), p.Second);
            s.Ball(0, 0, 14, p.Accent);
        });
        Ribbon(s, 106, 344, p.Main, "C70 400 140 450 96 530");
        Ribbon(s, 458, 406, p.Accent, "C500 450 430 500 476 570");
    }

    public static void Octopus(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        Sky(s);
        for (var i = 0; i < 8; i++)
        {
            var x = 186 + (i * 32.5f);
            var sway = i % 2 == 0 ? 34 : -34;
            s.Tube(
                Invariant($"M{x} 300 C{x + sway} 370 {x - sway} 430 {x + ((i - 3.5f) * 10)} {540 - (Math.Abs(i - 3.5f) * 12)}"),
                i % 2 == 0 ? p.Main : p.Accent,
                24);
        }

        s.Solid(
            "M152 290 C140 150 210 76 300 76 C390 76 460 150 448 290 C448 340 400 350 300 350 C200 350 152 340 152 290 Z", p.Main, pattern);
        foreach (var x in new[] { 246f, 354 })
        {
            s.Disc(x, 246, 40, p.Light);
            s.Disc(x + 6, 252, 19, p.Dark);
            s.Disc(x + 12, 244, 6, p.Light);
        }

        s.Line("M272 312 C288 328 312 328 328 312", p.Dark, 7);
        s.Gleam("M188 220 C192 170 220 130 256 114");
    }

    private static void Sky(Sketch s)
    {
        foreach (var (x, y, scale) in new[] { (92f, 470f, 1f), (480f, 520f, 1.25f), (500f, 104f, 0.7f) })
        {
            s.At(
                x,
                y,
                0,
                () => s.Fill("M-80 20 C-96 -6 -62 -26 -44 -14 C-36 -46 20 -48 30 -18 C58 -30 92 -6 74 20 Z", SKColors.White.WithAlpha(150)),
                scale);
        }
    }

    private static void Bow(Sketch s, float x, float y, float angle) => s.At(x, y, angle, () =>
    {
        s.Solid("M0 0 L-32 -15 V15 Z", s.Palette.Main);
        s.Solid("M0 0 L32 -15 V15 Z", s.Palette.Accent);
        s.Disc(0, 0, 6, s.Palette.Dark);
    });

    private static void Ribbon(Sketch s, float x, float y, SKColor colour, string curve) =>
        s.Line(Invariant($"M{x} {y} {curve}"), colour, 13);
}
