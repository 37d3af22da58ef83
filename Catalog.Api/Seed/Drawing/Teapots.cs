using static Catalog.Api.Seed.Drawing.Sketch;

namespace Catalog.Api.Seed.Drawing;

internal static class Teapots
{
    public static void Round(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 330);
        s.Line("M424 262 C520 240 540 400 410 410", Shade(p.Main, -0.12f), 30);
        s.Solid("M176 330 C120 330 116 268 92 222 C86 210 112 204 124 214 C160 246 176 270 210 276 Z", Shade(p.Main, -0.05f));
        s.Solid(
            "M300 200 C420 200 458 270 450 350 C444 440 380 482 300 482 C220 482 156 440 150 350 C142 270 180 200 300 200 Z",
            p.Main,
            pattern);
        s.Solid("M220 214 C224 160 376 160 380 214 C350 228 250 228 220 214 Z", Shade(p.Main, 0.06f));
        s.Line("M218 214 C250 230 350 230 382 214", Shade(p.Main, -0.2f), 6);
        s.Ball(300, 156, 22, p.Accent);
        s.Gleam("M186 330 C186 286 204 256 232 240");
    }

    public static void Tall(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(290, 260);
        s.Line("M384 210 C500 190 510 390 392 410", p.Dark, 20);
        s.Solid("M206 300 C160 290 156 220 128 178 C122 166 146 158 160 170 C192 200 200 224 222 232 Z", Shade(p.Main, -0.08f));
        s.Solid(
            "M224 160 H366 C380 240 402 360 402 456 C402 474 392 482 376 482 H214 C198 482 188 474 188 456 C188 360 210 240 224 160 Z",
            p.Main,
            pattern);
        s.Solid("M214 160 C220 112 370 112 376 160 Z", p.Dark);
        s.Ball(295, 106, 18, Palette.Brass);
        s.Gleam("M222 420 C222 340 232 260 244 190", 80);
    }

    public static void CastIron(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 360);
        s.Line("M176 274 C176 76 424 76 424 274", p.Dark, 17);
        s.Solid("M160 340 C104 334 104 282 78 258 C70 248 92 234 110 244 C150 266 170 282 200 290 Z", p.Main);
        s.Solid(
            "M300 250 C440 250 480 306 470 370 C460 440 400 470 300 470 C200 470 140 440 130 370 C120 306 160 250 300 250 Z",
            p.Main,
            pattern);
        for (var x = 0; x < 3; x++)
        {
            s.Oval(214 + (x * 86), 470, 20, 12, Shade(p.Main, -0.3f));
        }

        s.Solid("M222 258 C232 218 368 218 378 258 C350 270 250 270 222 258 Z", Shade(p.Main, -0.14f));
        s.Ball(300, 216, 17, Palette.Brass);
        s.Ball(176, 274, 13, p.Dark);
        s.Ball(424, 274, 13, p.Dark);
        s.Gleam("M166 360 C168 326 186 300 216 288", 70);
    }

    public static void Kettle(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(320, 330);
        s.Line("M214 420 C110 420 176 236 92 190", Palette.Steel, 20);
        s.Line("M208 414 C118 404 180 236 98 186", Shade(Palette.Steel, 0.35f), 5);
        s.Line("M416 236 C540 210 540 350 462 380", p.Dark, 26);
        s.Solid("M246 220 H396 L456 456 C460 474 450 482 434 482 H208 C192 482 182 474 186 456 Z", p.Main, pattern);
        s.Solid("M236 222 C246 178 396 178 406 222 Z", Shade(p.Main, -0.1f));
        s.Solid(Box(304, 146, 34, 38, 12), Palette.Wood);
        s.Line("M196 456 H446", Palette.Brass, 8);
        s.Gleam("M238 420 C246 360 256 300 268 250", 80);
    }

    public static void SideHandle(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(270, 300);
        s.Solid("M384 312 L538 262 C554 258 560 284 546 292 L396 372 Z", Palette.Wood);
        s.Solid("M150 330 C116 316 112 280 96 262 C88 250 116 244 128 254 C148 270 160 284 184 288 Z", Shade(p.Main, -0.08f));
        s.Solid(
            "M268 234 C370 234 414 292 408 364 C402 440 350 482 268 482 C186 482 134 440 128 364 C122 292 166 234 268 234 Z",
            p.Main,
            pattern);
        s.Solid("M188 246 C194 206 342 206 348 246 C320 258 216 258 188 246 Z", p.Second);
        s.Ball(268, 200, 16, Palette.Wood);
        s.Gleam("M160 360 C160 320 178 292 202 278");
    }

    public static void Faceted(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 320);
        s.Line("M420 250 L504 262 L492 382 L414 408", p.Dark, 20);
        s.Solid("M176 352 L96 226 L134 214 L206 276 Z", Shade(p.Main, -0.1f));
        s.Solid("M224 212 H376 L446 328 L396 482 H204 L154 328 Z", p.Main, pattern);
        s.Fill("M224 212 L262 338 L204 482 L154 328 Z", SkiaSharp.SKColors.White.WithAlpha(48));
        s.Fill("M376 212 L338 338 L396 482 L446 328 Z", p.Dark.WithAlpha(46));
        s.Line("M224 212 L262 338 L204 482 M376 212 L338 338 L396 482 M154 328 L262 338 H338 L446 328", p.Light.WithAlpha(110), 3);
        s.Solid("M216 212 L252 166 H348 L384 212 Z", Shade(p.Main, -0.14f));
        s.Solid("M280 166 L300 130 L320 166 Z", Palette.Brass);
    }

    public static void Stacked(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 340);
        s.Line("M404 220 C484 206 492 316 400 322", Shade(p.Main, -0.12f), 22);
        s.Solid("M204 286 C164 276 160 230 138 204 C132 192 154 186 166 196 C190 216 200 234 224 240 Z", Shade(p.Main, -0.06f));
        s.Solid(
            "M306 180 C398 180 426 226 420 280 C414 330 376 346 306 346 C236 346 198 330 192 280 C186 226 214 180 306 180 Z",
            p.Main,
            pattern);
        s.Solid("M244 188 C250 150 362 150 368 188 C344 198 268 198 244 188 Z", Shade(p.Main, 0.08f));
        s.Ball(306, 144, 17, p.Accent);
        s.Line("M430 372 C500 366 500 446 420 448", Shade(p.Second, -0.15f), 18);
        s.Solid("M170 346 H442 C446 420 416 470 360 470 H252 C196 470 166 420 170 346 Z", p.Second);
        s.Oval(306, 474, 176, 14, p.Main);
        s.Line("M170 352 H442", Shade(p.Second, -0.22f), 6);
    }

    public static void Glass(Sketch s, Pattern pattern)
    {
        var p = s.Palette;
        s.Shadow(300, 300);
        s.Line("M418 250 C520 236 520 400 408 414", p.Light, 18);
        s.Line("M418 250 C520 236 520 400 408 414", p.Dark.WithAlpha(40), 18);
        s.Solid("M178 316 C134 308 132 250 104 212 C98 200 120 194 134 206 C162 234 178 252 204 258 Z", Shade(p.Light, -0.08f));
        s.Fill("M300 190 C416 190 448 264 442 344 C436 438 380 482 300 482 C220 482 164 438 158 344 C152 264 184 190 300 190 Z", p.Light);
        s.Solid(
            "M162 306 C200 292 230 318 300 306 C370 294 400 318 439 304 C442 330 442 340 440 356 C434 436 378 474 300 474 C222 474 166 436 160 356 C158 338 159 322 162 306 Z",
            p.Main,
            pattern);
        s.Solid(Box(252, 216, 96, 150, 16), Shade(p.Dark, 0.35f).WithAlpha(120), Pattern.Grid, p.Light);
        s.Solid("M228 204 C236 160 364 160 372 204 C346 216 254 216 228 204 Z", Palette.Wood);
        s.Ball(300, 156, 18, Palette.DarkWood);
        s.Gleam("M186 330 C186 284 206 250 236 230", 200);
    }
}
