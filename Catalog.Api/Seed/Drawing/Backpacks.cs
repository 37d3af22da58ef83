using static System.FormattableString;
using static Catalog.Api.Seed.Drawing.Sketch;

namespace Catalog.Api.Seed.Drawing;

internal static class Backpacks
{
    public static void Rolltop(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 300);
        Straps(s, 178, 422, 220);
        s.Solid(
            "M172 190 H428 C440 280 442 380 436 456 C434 474 424 482 408 482 H192 C176 482 166 474 164 456 C158 380 160 280 172 190 Z",
            p.Main,
            pattern);
        s.Solid("M166 110 H434 C446 110 450 120 446 132 L430 206 H170 L154 132 C150 120 154 110 166 110 Z", Shade(p.Main, -0.08f));
        s.Solid(Box(150, 96, 300, 34, 17), Shade(p.Main, 0.06f));
        s.Line("M300 112 V300", p.Dark, 20, round: false);
        Buckle(s, 300, 214);
        s.Solid(Box(206, 330, 188, 116, 18), Shade(p.Main, -0.1f));
        s.Line("M206 366 H394", p.Dark, 6);
        s.Line("M372 366 V390", Palette.Brass, 7);
    }

    public static void Classic(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 310);
        Straps(s, 176, 424, 210);
        s.Line("M262 108 C262 62 338 62 338 108", p.Dark, 14);
        s.Solid(
            "M164 210 C164 136 214 100 300 100 C386 100 436 136 436 210 V446 C436 470 424 482 400 482 H200 C176 482 164 470 164 446 Z",
            p.Main,
            pattern);
        s.Line("M188 236 C188 156 240 128 300 128 C360 128 412 156 412 236", Shade(p.Main, -0.35f), 7);
        s.Line("M412 236 V264", Palette.Brass, 8);
        s.Solid(Box(190, 300, 220, 156, 26), Shade(p.Main, -0.12f));
        s.Line("M206 336 H394", p.Light, 6);
        s.Line("M228 336 V362", Palette.Brass, 8);
        s.Solid(Box(262, 204, 76, 50, 8), p.Accent);
        s.Line("M278 229 H322", p.Light, 5);
    }

    public static void Kids(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 290);
        Straps(s, 188, 412, 250);
        s.Line("M258 128 C236 84 214 78 204 96 M342 128 C364 84 386 78 396 96", p.Dark, 10);
        s.Ball(204, 96, 15, p.Accent);
        s.Ball(396, 96, 15, p.Accent);
        s.Solid(
            "M160 290 C160 170 220 118 300 118 C380 118 440 170 440 290 V412 C440 458 414 482 370 482 H230 C186 482 160 458 160 412 Z",
            p.Main,
            pattern,
            p.Dark);
        s.Fill("M166 250 C176 166 228 118 300 118 C372 118 424 166 434 250 C380 232 220 232 166 250 Z", p.Dark);
        foreach (var x in new[] { 250f, 350 })
        {
            s.Disc(x, 186, 26, p.Light);
            s.Disc(x + 4, 190, 12, p.Dark);
        }

        s.Solid("M204 344 H396 V420 C396 444 382 456 360 456 H240 C218 456 204 444 204 420 Z", p.Accent);
        s.Line("M208 372 H392", p.Light, 6);
        s.Gleam("M180 320 C180 300 182 290 186 276", 70);
    }

    public static void Rucksack(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 370);
        s.Line("M258 118 C258 66 342 66 342 118", Palette.DarkWood, 14);
        s.Solid(Box(108, 300, 92, 160, 26), Shade(p.Main, -0.1f));
        s.Solid(Box(400, 300, 92, 160, 26), Shade(p.Main, -0.16f));
        s.Solid("M164 180 H436 L444 450 C444 472 432 482 412 482 H188 C168 482 156 472 156 450 Z", p.Main, pattern);
        s.Solid(Box(200, 336, 200, 122, 18), Shade(p.Main, 0.07f));
        s.Solid(
            "M156 176 C156 128 200 108 300 108 C400 108 444 128 444 176 V272 C444 294 430 302 412 302 H188 C170 302 156 294 156 272 Z",
            Palette.DarkWood);
        s.Line("M172 280 C176 288 182 288 190 288 H410 C420 288 426 286 428 278", Palette.Wood, 4);
        foreach (var x in new[] { 226f, 374 })
        {
            s.Line(Invariant($"M{x} 262 V398"), Palette.Wood, 24, round: false);
            Buckle(s, x, 326);
        }

        s.Line("M120 340 H190 M410 340 H482", Palette.Wood, 14, round: false);
    }

    public static void Tote(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 320);
        Straps(s, 184, 416, 280);
        s.Line("M236 206 C236 62 364 62 364 206", p.Dark, 19);
        s.Solid("M144 184 H456 L436 454 C434 474 424 482 404 482 H196 C176 482 166 474 164 454 Z", p.Main, pattern);
        s.Solid("M144 184 H456 L453 226 H147 Z", Shade(p.Main, -0.16f));
        s.Line("M236 206 V264 M364 206 V264", p.Dark, 19, round: false);
        s.Disc(236, 256, 6, Palette.Brass);
        s.Disc(364, 256, 6, Palette.Brass);
        s.Solid("M162 400 L164 454 C166 474 176 482 196 482 H404 C424 482 434 474 436 454 L440 400 Z", p.Dark);
        s.Solid(Box(262, 300, 76, 46, 6), Palette.Wood);
    }

    public static void Messenger(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 410);
        s.Line("M130 260 C130 40 470 40 470 260", p.Dark, 26);
        s.Solid(Box(276, 78, 66, 40, 12), Palette.DarkWood);
        s.Solid(Box(110, 226, 380, 256, 30), Shade(p.Main, -0.14f));
        s.Solid(
            "M100 226 C100 210 112 202 128 202 H472 C488 202 500 210 500 226 V386 C500 412 484 424 460 424 H140 C116 424 100 412 100 386 Z",
            p.Main,
            pattern);
        foreach (var x in new[] { 206f, 394 })
        {
            s.Line(Invariant($"M{x} 330 V448"), p.Accent, 30, round: false);
            Buckle(s, x, 426);
        }

        s.Solid(Box(252, 244, 96, 54, 8), p.Accent);
        s.Line("M270 271 H330", p.Light, 5);
    }

    // The shoulder straps look out behind the bag.
    private static void Straps(Sketch s, float left, float right, float top)
    {
        var colour = Shade(s.Palette.Dark, 0.1f);
        s.Line(Invariant($"M{left} {top} C{left - 66} {top + 40} {left - 66} {top + 190} {left} 456"), colour, 26);
        s.Line(Invariant($"M{right} {top} C{right + 66} {top + 40} {right + 66} {top + 190} {right} 456"), colour, 26);
    }

    private static void Buckle(Sketch s, float x, float y)
    {
        s.Solid(Box(x - 21, y - 17, 42, 34, 7), Palette.Brass);
        s.Fill(Box(x - 11, y - 8, 22, 16, 3), s.Palette.Dark);
    }
}
