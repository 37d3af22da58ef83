using Microsoft.Playwright;

namespace Browser;

internal static class Pictures
{
    private static readonly string Root = FindRoot();

    public static Task PictureAsync(this IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Root, "artifacts", "gallery", $"{name}.png"), FullPage = true });

    public static Task PictureOfReadmeAsync(this IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Root, "docs", "images", $"{name}.png") });

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Shop.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The folder of Shop.sln is not above the tests.");
        }

        return folder.FullName;
    }
}
