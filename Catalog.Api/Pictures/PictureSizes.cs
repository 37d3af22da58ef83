namespace Catalog.Api.Pictures;

/// <summary>The widths of a picture, in pixels. Pictures are square, so each is the height as well.</summary>
public static class PictureSizes
{
    public const int Default = 640;

    /// <summary>
    /// From a thumbnail to the picture on the page of a product, which is at most 640 points wide, on a screen with two pixels per point.
    /// </summary>
    public static readonly IReadOnlyList<int> All = [160, 320, Default, 1280];

    /// <summary>The sizes of a picture with this many pixels: none is more than one step larger than the original.</summary>
    public static IEnumerable<int> UpTo(int pixels) => All.Where((_, index) => index == 0 || All[index - 1] < pixels);
}
