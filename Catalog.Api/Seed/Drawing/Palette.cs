using SkiaSharp;

namespace Catalog.Api.Seed.Drawing;

/// <summary>The colours of one picture: a soft backdrop, the object's two colours, an accent, its darkest and its lightest tone.</summary>
internal sealed record Palette(SKColor Backdrop, SKColor Main, SKColor Second, SKColor Accent, SKColor Dark, SKColor Light)
{
    public static readonly SKColor Wood = SKColor.Parse("#C08A57");
    public static readonly SKColor DarkWood = SKColor.Parse("#8A5A37");
    public static readonly SKColor Brass = SKColor.Parse("#D3A548");
    public static readonly SKColor Steel = SKColor.Parse("#9AA5AE");
    public static readonly SKColor Paper = SKColor.Parse("#FBF5E6");
    public static readonly SKColor Leaf = SKColor.Parse("#4F8A5B");

    public static readonly Palette[] All =
    [
        Of("#F6E7DA", "#D9694A", "#F2C9A5", "#2F6B73", "#3B2A2A", "#FFF6EC"),
        Of("#E3EEEA", "#2F7F77", "#BFE0D2", "#F0A94B", "#1F3A3D", "#F5FBF7"),
        Of("#ECE6F3", "#6C5B9E", "#CFC3E8", "#F2B8A0", "#2E2747", "#FAF7FF"),
        Of("#FBF0D3", "#E0A125", "#F8DE94", "#C5543A", "#45361F", "#FFFBEF"),
        Of("#E2ECF5", "#3C6E9F", "#B5D2EA", "#F0B25A", "#1E3348", "#F6FBFF"),
        Of("#F7E3E4", "#B94A62", "#F1BFC5", "#3F6F66", "#43202B", "#FFF5F5"),
        Of("#E9EDDC", "#6F8A3E", "#CFDDA8", "#D8763C", "#2F3A1E", "#FBFDF2"),
        Of("#EFE6DC", "#8B5E3C", "#DDBF9F", "#4E8C86", "#37251A", "#FDF7EF"),
        Of("#E5E7EC", "#4A5568", "#B9C2CF", "#E2725B", "#22293A", "#F8FAFC"),
        Of("#DFF0F2", "#1F93A6", "#A9DEE4", "#F4C542", "#15414A", "#F2FCFD"),
        Of("#F9E8DC", "#E98A6B", "#FBD3BF", "#5B7FA6", "#4A2F28", "#FFF7F2"),
        Of("#E8F0E6", "#3F6B4F", "#B7D3B5", "#E9B44C", "#1F3327", "#F7FCF5"),
        Of("#F1EADF", "#C9B08A", "#EADCC3", "#7A3E48", "#4A3D2A", "#FFFBF3"),
    ];

    private static Palette Of(params string[] colours)
    {
        var c = Array.ConvertAll(colours, SKColor.Parse);
        return new Palette(c[0], c[1], c[2], c[3], c[4], c[5]);
    }
}
