using static System.FormattableString;
using static Catalog.Api.Seed.Drawing.Sketch;

namespace Catalog.Api.Seed.Drawing;

internal static class Clocks
{
    public static void Wall(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.WallShadow(Circle(300, 290, 190));
        s.Solid(Circle(300, 290, 190), p.Main);
        s.Solid(Circle(300, 290, 158), p.Light, pattern, p.Second.WithAlpha(120), 0.5f);
        Face(s, 300, 290, 150, 10, 10);
    }

    public static void TwinBell(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 300);
        s.Tube("M212 420 L172 476", p.Dark, 20);
        s.Tube("M388 420 L428 476", p.Dark, 20);
        s.Line("M236 126 C236 70 364 70 364 126", p.Dark, 13);
        s.At(204, 158, -34, () => s.Solid("M-72 22 C-72 -54 72 -54 72 22 Z", Palette.Brass));
        s.At(396, 158, 34, () => s.Solid("M-72 22 C-72 -54 72 -54 72 22 Z", Palette.Brass));
        s.Tube("M300 166 V120", p.Dark, 9);
        s.Ball(300, 112, 18, p.Dark);
        s.Solid(Circle(300, 312, 162), p.Main, pattern);
        s.Solid(Circle(300, 312, 128), p.Light, depth: 0.5f);
        Face(s, 300, 312, 120, 7, 25);
    }

    public static void Mantel(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 390);
        s.Solid(
            "M176 458 V270 C176 180 230 130 300 130 C370 130 424 180 424 270 V458 Z",
            Palette.Wood,
            pattern,
            Palette.DarkWood.WithAlpha(60));
        s.Solid("M176 458 V380 C140 380 128 414 112 458 Z", Palette.Wood);
        s.Solid("M424 458 V380 C460 380 472 414 488 458 Z", Palette.Wood);
        s.Solid(Box(96, 446, 408, 36, 8), Palette.DarkWood);
        s.Solid(Circle(300, 270, 104), Palette.Brass);
        s.Solid(Circle(300, 270, 92), p.Light, depth: 0.4f);
        Face(s, 300, 270, 88, 8, 15);
        s.Solid(Box(262, 396, 76, 30, 15), p.Main);
    }

    public static void Sunburst(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.WallShadow(Circle(300, 292, 170));
        for (var i = 0; i < 24; i++)
        {
            var ray = i;
            s.At(300, 292, i * 15, () =>
            {
                var length = ray % 2 == 0 ? 222 : 172;
                s.Solid(Invariant($"M-13 -90 L-5 {-length} H5 L13 -90 Z"), ray % 2 == 0 ? p.Accent : p.Main);
                s.Ball(0, -length, ray % 2 == 0 ? 12 : 8, ray % 2 == 0 ? p.Accent : p.Main);
            });
        }

        s.Solid(Circle(300, 292, 116), p.Main, pattern);
        s.Solid(Circle(300, 292, 96), p.Light, depth: 0.4f);
        Face(s, 300, 292, 92, 13, 50);
    }

    public static void Pendulum(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.WallShadow(Box(192, 90, 216, 420, 20));
        s.Solid("M300 52 L424 128 H176 Z", Palette.DarkWood);
        s.Solid(Box(188, 122, 224, 388, 14), Palette.Wood, pattern, Palette.DarkWood.WithAlpha(70));
        s.Fill(Box(212, 320, 176, 166, 10), p.Dark);
        s.At(300, 316, 9, () =>
        {
            s.Tube("M0 0 V116", Palette.Brass, 6);
            s.Ball(0, 124, 30, Palette.Brass);
        });
        s.Gleam("M226 340 V440", 40);
        s.Solid(Circle(300, 220, 90), p.Main);
        s.Solid(Circle(300, 220, 76), p.Light, depth: 0.4f);
        Face(s, 300, 220, 72, 4, 35);
    }

    public static void Cuckoo(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.WallShadow("M300 70 L470 210 L424 230 V420 H176 V230 L130 210 Z");
        s.Tube("M260 416 V500", p.Dark, 3);
        s.Tube("M340 416 V540", p.Dark, 3);
        Cone(s, 260, 500);
        Cone(s, 340, 536);
        s.Solid("M180 190 L300 96 L420 190 V418 H180 Z", p.Main, pattern);
        s.Solid("M300 66 L478 212 L452 236 L300 112 L148 236 L122 212 Z", Palette.DarkWood);
        s.Fill("M268 232 V190 C268 154 332 154 332 190 V232 Z", p.Dark);
        Bird(s);
        s.Solid(Circle(300, 322, 80), Palette.Wood);
        s.Solid(Circle(300, 322, 66), p.Light, depth: 0.4f);
        Face(s, 300, 322, 62, 3, 0);
        s.Solid(Box(160, 404, 280, 22, 11), Palette.DarkWood);
    }

    public static void Flip(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 410);
        s.Solid(Box(150, 448, 60, 34, 8), p.Dark);
        s.Solid(Box(390, 448, 60, 34, 8), p.Dark);
        s.Solid(Box(96, 190, 408, 272, 54), p.Main, pattern);
        s.Fill(Box(132, 228, 336, 196, 26), Shade(p.Dark, -0.15f));
        foreach (var (x, digits) in new[] { (150f, "10"), (306f, "24") })
        {
            s.Solid(Box(x, 248, 144, 156, 14), Shade(p.Dark, 0.16f), depth: 0.5f);
            Digits(s, x + 14, 270, digits);
            s.Line(Invariant($"M{x} 326 H{x + 144}"), Shade(p.Dark, -0.3f), 4);
        }
    }

    public static void Desk(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 330);
        s.Solid("M156 482 C152 310 210 160 300 160 C390 160 448 310 444 482 Z", p.Main, pattern);
        s.Solid(Circle(300, 326, 112), Shade(p.Main, 0.14f));
        s.Solid(Circle(300, 326, 98), p.Light, depth: 0.4f);
        Face(s, 300, 326, 94, 9, 5);
        s.Ball(300, 152, 18, p.Accent);
    }

    private static void Face(Sketch s, float x, float y, float radius, int hour, int minute)
    {
        var p = s.Palette;
        for (var i = 0; i < 12; i++)
        {
            var quarter = i % 3 == 0;
            s.At(x, y, i * 30, () => s.Line(
                Invariant($"M0 {-radius * 0.88f} V{-radius * (quarter ? 0.72f : 0.8f)}"), p.Dark, radius * (quarter ? 0.06f : 0.035f)));
        }

        s.At(x, y, (hour * 30) + (minute * 0.5f), () => s.Line(
            Invariant($"M0 {radius * 0.12f} V{-radius * 0.46f}"), p.Dark, radius * 0.085f));
        s.At(x, y, minute * 6, () => s.Line(Invariant($"M0 {radius * 0.12f} V{-radius * 0.7f}"), p.Dark, radius * 0.06f));
        s.At(x, y, 215, () => s.Line(Invariant($"M0 {radius * 0.2f} V{-radius * 0.72f}"), p.Accent, radius * 0.025f));
        s.Disc(x, y, radius * 0.075f, p.Accent);
    }

    private static void Cone(Sketch s, float x, float y) => s.At(x, y, 0, () =>
    {
        s.Solid("M-16 0 C-20 20 -14 46 0 58 C14 46 20 20 16 0 Z", Palette.DarkWood);
        s.Line("M-14 16 H14 M-14 30 H14", Shade(Palette.DarkWood, -0.3f), 3);
    });

    private static void Bird(Sketch s)
    {
        var p = s.Palette;
        s.Solid("M282 226 C276 196 296 178 314 190 C330 200 326 226 316 232 Z", p.Accent);
        s.Fill("M322 196 L346 202 L322 210 Z", Palette.Brass);
        s.Disc(310, 198, 4, p.Dark);
    }

    private static void Digits(Sketch s, float x, float y, string digits)
    {
        foreach (var digit in digits)
        {
            s.At(x, y, 0, () => s.Line(
                digit switch
                {
                    '0' => "M28 4 C52 4 52 108 28 108 C4 108 4 4 28 4 Z",
                    '1' => "M14 22 L30 6 V108",
                    '2' => "M6 30 C6 -4 52 -4 50 34 C48 64 10 80 6 108 H52",
                    _ => "M40 108 V6 L4 78 H54",
                },
                s.Palette.Light, 13));
            x += 60;
        }
    }
}
