using static Catalog.Api.Seed.Drawing.Sketch;

namespace Catalog.Api.Seed.Drawing;

/// <summary>The picture of products that have no drawing of their own.</summary>
internal static class Parcel
{
    public static void Draw(Sketch s)
    {
        var p = s.Palette;
        s.Shadow(300, 360);
        s.Solid("M140 250 H400 V482 H140 Z", p.Main);
        s.Solid("M400 250 L470 212 V444 L400 482 Z", Shade(p.Main, -0.18f));
        s.Solid("M140 250 L210 212 H470 L400 250 Z", Shade(p.Main, 0.16f));
        s.Line("M270 250 V482", p.Accent, 26, round: false);
        s.Fill("M258 250 L328 212 H352 L282 250 Z", Shade(p.Accent, 0.12f));
        s.Line("M140 366 H400 L470 328", p.Accent, 24, round: false);
        s.At(306, 226, 0, () =>
        {
            s.Solid("M0 0 C-30 -74 -110 -80 -104 -34 C-98 -2 -40 6 0 0 Z", p.Accent);
            s.Solid("M0 0 C30 -74 110 -80 104 -34 C98 -2 40 6 0 0 Z", Shade(p.Accent, -0.08f));
            s.Ball(0, -4, 18, Shade(p.Accent, 0.1f));
        });
    }
}
