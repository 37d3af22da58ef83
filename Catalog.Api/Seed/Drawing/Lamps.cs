using SkiaSharp;
using static Catalog.Api.Seed.Drawing.Sketch;

namespace Catalog.Api.Seed.Drawing;

internal static class Lamps
{
    private static readonly SKColor Warm = SKColor.Parse("#FFE2A0");

    public static void Jointed(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(230, 230);
        s.Solid("M140 482 C140 452 180 444 230 444 C280 444 320 452 320 482 Z", p.Main);
        s.Tube("M230 446 L176 296", Palette.Brass, 14);
        s.Tube("M176 296 L338 168", Palette.Brass, 14);
        s.Ball(176, 296, 17, p.Dark);
        s.Ball(232, 444, 15, p.Dark);
        s.Glow(438, 300, 150, Warm);
        s.At(352, 162, -38, () =>
        {
            s.Solid("M-34 -30 C-10 -42 30 -42 50 -30 L128 66 C100 92 -68 92 -96 66 Z", p.Main, pattern);
            s.Oval(16, 68, 111, 20, Shade(p.Main, -0.35f));
            s.Oval(16, 70, 92, 14, Warm);
            s.Solid(Box(-26, -62, 74, 34, 12), p.Dark);
        }, 0.92f);
    }

    public static void Shaded(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 240);
        s.Glow(300, 300, 230, Warm);
        s.Solid(
            "M262 330 C262 352 228 376 222 418 C218 456 240 482 300 482 C360 482 382 456 378 418 C372 376 338 352 338 330 Z",
            p.Accent,
            Pattern.Plain);
        s.Solid(Box(284, 296, 32, 44, 8), Palette.Brass);
        s.Solid(
            "M222 108 H378 C384 108 388 110 390 116 L448 300 C400 318 200 318 152 300 L210 116 C212 110 216 108 222 108 Z",
            p.Main,
            pattern);
        s.Line("M152 300 C200 318 400 318 448 300", p.Light, 9);
        s.Line("M212 112 H388", p.Light, 8);
        s.Gleam("M252 420 C246 444 256 458 270 464", 80);
    }

    public static void Mushroom(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 260);
        s.Glow(300, 330, 210, Warm);
        s.Solid(
            "M258 300 C262 380 240 420 214 452 C204 466 214 482 234 482 H366 C386 482 396 466 386 452 C360 420 338 380 342 300 Z", p.Light);
        s.Oval(300, 302, 128, 26, Warm);
        s.Solid(
            "M112 296 C112 176 196 112 300 112 C404 112 488 176 488 296 C488 312 470 316 452 308 C400 288 200 288 148 308 C130 316 112 312 112 296 Z",
            p.Main,
            pattern);
        s.Gleam("M162 240 C174 196 204 166 240 150");
    }

    public static void Globe(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 210);
        s.Glow(300, 230, 240, Warm);
        s.Ball(300, 228, 122, SKColor.Parse("#FFF0CC"));
        s.Gleam("M214 200 C222 168 246 144 276 136", 170);
        s.Solid("M246 338 C262 352 338 352 354 338 L348 372 H252 Z", Palette.Brass);
        s.Solid("M252 370 H348 L372 468 C374 478 368 482 360 482 H240 C232 482 226 478 228 468 Z", p.Main, pattern);
    }

    public static void Arc(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(180, 200);
        s.Solid("M96 482 C96 458 130 450 180 450 C230 450 264 458 264 482 Z", p.Dark);
        s.Tube("M180 452 C150 220 250 96 340 104 C404 110 424 160 424 214", p.Dark, 13);
        s.Glow(424, 330, 140, Warm);
        s.Solid("M424 190 C500 190 530 250 534 312 C500 326 348 326 314 312 C318 250 348 190 424 190 Z", p.Main, pattern);
        s.Oval(424, 314, 106, 15, Shade(p.Main, -0.35f));
        s.Oval(424, 316, 88, 10, Warm);
        s.Solid(Box(406, 176, 36, 26, 8), Palette.Brass);
    }

    public static void Lantern(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 250);
        s.Line("M214 190 C214 60 386 60 386 190", p.Dark, 10);
        s.Solid("M248 130 H352 L396 196 H204 Z", p.Main, pattern);
        s.Solid(Box(276, 106, 48, 28, 10), p.Dark);
        s.Fill("M222 196 H378 C404 260 404 340 378 404 H222 C196 340 196 260 222 196 Z", SKColor.Parse("#FFF1C9"));
        s.Glow(300, 320, 110, SKColor.Parse("#FFB84D"));
        s.Fill("M300 248 C338 298 336 346 300 352 C264 346 262 298 300 248 Z", SKColor.Parse("#F08A2E"));
        s.Fill("M300 290 C318 316 318 342 300 346 C282 342 282 316 300 290 Z", SKColor.Parse("#FFE08A"));
        s.Line("M222 196 C196 260 196 340 222 404 M378 196 C404 260 404 340 378 404", p.Dark, 8);
        s.Line("M205 262 H395 M205 342 H395", p.Dark.WithAlpha(170), 5);
        s.Gleam("M236 230 C226 280 226 320 236 370", 140);
        s.Solid("M204 404 H396 L416 462 C418 476 410 482 400 482 H200 C190 482 182 476 184 462 Z", p.Main, pattern);
    }

    public static void Banker(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 300);
        s.Glow(300, 320, 200, Warm);
        s.Solid("M196 482 C196 456 240 448 300 448 C360 448 404 456 404 482 Z", Palette.Brass);
        s.Tube("M300 450 V300", Palette.Brass, 20);
        s.Ball(300, 386, 20, Palette.Brass);
        s.Tube("M176 214 C176 330 424 330 424 214", Palette.Brass, 11);
        s.Solid("M126 262 C124 182 164 142 220 142 H380 C436 142 476 182 474 262 Z", p.Main, pattern);
        s.Fill("M126 262 H474 L470 282 H130 Z", Warm);
        s.Gleam("M158 224 C160 190 182 170 212 168", 120);
        s.Ball(172, 208, 12, Palette.Brass);
        s.Ball(428, 208, 12, Palette.Brass);
        s.Tube("M446 284 V346", Palette.Brass, 4);
        s.Ball(446, 352, 8, Palette.Brass);
    }

    public static void Pendant(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Line("M300 0 V150", p.Dark, 6);
        s.Glow(300, 400, 240, Warm);
        s.Solid(Box(274, 130, 52, 52, 12), Palette.Brass);
        s.Solid(
            "M266 176 H334 C344 230 470 262 496 366 C498 378 492 384 480 384 H120 C108 384 102 378 104 366 C130 262 256 230 266 176 Z",
            p.Main,
            pattern);
        s.Oval(300, 384, 190, 20, Shade(p.Main, -0.35f));
        s.Oval(300, 388, 164, 14, Warm);
        s.Ball(300, 404, 40, SKColor.Parse("#FFF3D0"));
        s.Gleam("M166 330 C190 290 226 262 256 240", 90);
    }

    public static void Tripod(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 270);
        s.Glow(300, 260, 220, Warm);
        s.Tube("M300 290 L300 476", Palette.DarkWood, 13);
        s.Tube("M296 290 L196 480", Palette.Wood, 15);
        s.Tube("M304 290 L404 480", Palette.Wood, 15);
        s.Solid(Box(272, 262, 56, 36, 10), Palette.Brass);
        s.Solid(
            "M190 116 H410 C418 116 422 120 422 128 V262 C422 270 418 274 410 274 H190 C182 274 178 270 178 262 V128 C178 120 182 116 190 116 Z",
            p.Main,
            pattern);
        s.Line("M180 126 H420 M180 264 H420", p.Light, 7);
    }
}
