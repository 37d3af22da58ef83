using static System.FormattableString;
using static Catalog.Api.Seed.Drawing.Sketch;

namespace Catalog.Api.Seed.Drawing;

internal static class Notebooks
{
    public static void Hardcover(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(312, 320);
        s.At(300, 280, -5, () =>
        {
            s.Solid(Box(-140, -190, 300, 396, 14), Shade(p.Main, -0.3f));
            s.Fill(Box(-136, -186, 290, 386, 8), Palette.Paper);
            s.Line("M148 -180 V196 M142 -180 V196", Shade(Palette.Paper, -0.14f), 2);
            s.Line("M40 190 L48 246 L60 232 L72 244 L64 190", p.Accent, 12);
            s.Solid(Box(-146, -196, 288, 396, 14), p.Main, pattern);
            s.Line("M-116 -196 V200", Shade(p.Main, -0.22f), 4);
            s.Solid(Box(-72, -128, 150, 78, 8), p.Light, depth: 0.3f);
            s.Line("M-50 -100 H56 M-50 -78 H26", p.Dark.WithAlpha(150), 5);
            s.Line("M104 -198 V202", p.Accent, 13, round: false);
        });
    }

    public static void TopSpiral(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(310, 280);
        s.At(300, 290, 6, () =>
        {
            s.Solid(Box(-124, -170, 262, 366, 12), Shade(Palette.Paper, -0.1f));
            s.Solid(Box(-132, -176, 262, 366, 12), p.Main, pattern);
            s.Fill(Box(-132, -176, 262, 62, 12), p.Dark);
            s.Solid(Box(-70, -60, 140, 90, 8), p.Light, depth: 0.3f);
            s.Line("M-48 -30 H48 M-48 -6 H20", p.Dark.WithAlpha(150), 5);
            for (var x = -108; x <= 108; x += 24)
            {
                s.Disc(x, -152, 6, p.Backdrop);
                s.Line(Invariant($"M{x} -152 C{x - 10} -206 {x + 12} -206 {x + 4} -160"), Palette.Steel, 6);
            }
        });
        Pencil(s, 470, 330, 16);
    }

    public static void SideSpiral(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(310, 330);
        s.At(306, 280, -4, () =>
        {
            s.Solid(Box(-134, -186, 300, 392, 16), Shade(Palette.Paper, -0.1f));
            s.Solid(Box(-142, -194, 300, 392, 16), p.Main, pattern);
            s.Solid(Circle(20, -20, 78), p.Light, depth: 0.3f);
            s.Line("M-22 -32 H62 M-22 -8 H40", p.Dark.WithAlpha(150), 5);
            for (var y = -166; y <= 172; y += 26)
            {
                s.Disc(-118, y, 6, p.Backdrop);
                s.Line(Invariant($"M-118 {y} C-180 {y - 12} -180 {y + 12} -124 {y + 5}"), Palette.Steel, 6);
            }
        });
    }

    public static void Stack(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 380);
        Book(s, 256, 296, -14, p.Second, Pattern.Plain);
        Book(s, 300, 282, -1, p.Accent, Pattern.Plain);
        Book(s, 344, 290, 12, p.Main, pattern);

        static void Book(Sketch s, float x, float y, float angle, SkiaSharp.SKColor colour, Pattern pattern) => s.At(x, y, angle, () =>
        {
            s.Solid(Box(-100, -164, 226, 336, 10), Shade(Palette.Paper, -0.08f));
            s.Solid(Box(-112, -170, 228, 340, 10), colour, pattern, s.Palette.Light.WithAlpha(190));
            s.Line("M-96 -168 V168", Shade(colour, -0.25f), 4);
            s.Solid(Box(-50, -110, 120, 64, 6), s.Palette.Light, depth: 0.3f);
            s.Line("M-32 -86 H52 M-32 -68 H30", s.Palette.Dark.WithAlpha(150), 4);
        });
    }

    public static void Leather(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        var hide = Shade(p.Main, -0.12f);
        s.Shadow(300, 340);
        s.At(300, 286, -7, () =>
        {
            s.Solid(Box(-136, -178, 300, 368, 12), Shade(hide, -0.35f));
            s.Fill(Box(-130, -170, 288, 356, 6), Palette.Paper);
            s.Line("M150 -164 V180 M142 -164 V180", Shade(Palette.Paper, -0.16f), 2);
            s.Solid(Box(-150, -188, 290, 376, 22), hide, pattern);
            s.Line("M-132 -168 H120 V168 H-132", Shade(hide, 0.35f).WithAlpha(150), 3);
            s.Solid("M140 -74 L186 -20 V24 L140 78 H40 C4 62 4 -58 40 -74 Z", Shade(hide, -0.14f));
            s.Line("M-150 0 H140 M-150 16 H70", Palette.DarkWood, 7);
            s.Line("M68 8 C110 40 60 90 96 130 M68 8 C30 50 80 80 56 140", Palette.DarkWood, 6);
            s.Ball(68, 6, 17, Palette.Brass);
        });
    }

    public static void Open(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 470, 450);
        s.Solid(
            "M44 176 C130 150 230 156 300 186 C370 156 470 150 556 176 V446 C470 424 370 430 300 458 C230 430 130 424 44 446 Z",
            p.Main,
            pattern);
        s.Fill("M62 168 C140 142 236 148 300 180 V440 C236 410 140 404 62 428 Z", Palette.Paper);
        s.Fill("M538 168 C460 142 364 148 300 180 V440 C364 410 460 404 538 428 Z", Shade(Palette.Paper, -0.035f));
        s.Fill("M300 180 C284 172 270 166 256 162 V424 C272 428 286 434 300 440 Z", Shade(Palette.Paper, -0.08f));
        for (var i = 0; i < 7; i++)
        {
            var y = 214 + (i * 28);
            s.Line(Invariant($"M92 {y + 4} C150 {y - 14} 216 {y - 12} 262 {y + 6}"), p.Dark.WithAlpha(70), 3);
            if (i > 1)
            {
                s.Line(Invariant($"M338 {y + 6} C384 {y - 12} 450 {y - 14} 508 {y + 4}"), p.Dark.WithAlpha(70), 3);
            }
        }

        s.At(424, 212, -4, () =>
        {
            s.Line("M0 20 C-4 0 0 -20 4 -34", Palette.Leaf, 4);
            s.Fill("M4 -34 C-20 -22 -22 0 -2 6 C16 0 22 -18 4 -34 Z", Palette.Leaf);
        });
        s.Line("M300 182 V470 C300 490 312 500 318 520", p.Accent, 10);
        Pencil(s, 486, 352, 58);
    }

    private static void Pencil(Sketch s, float x, float y, float angle) => s.At(x, y, angle, () =>
    {
        s.Solid(Box(-10, -120, 20, 200, 3), s.Palette.Accent);
        s.Fill(Box(-10, -120, 20, 22, 6), s.Palette.Second);
        s.Fill("M-10 -98 H10 V-88 H-10 Z", Palette.Steel);
        s.Fill("M-10 80 H10 L0 112 Z", Palette.Paper);
        s.Fill("M-3.5 100 H3.5 L0 112 Z", s.Palette.Dark);
    });
}
