using Microsoft.Playwright;

namespace Browser;

internal static class Pictures
{
    public static Task PictureAsync(this IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Repository.PathOf("artifacts", "gallery", $"{name}.png"), FullPage = true });

    public static Task PictureOfFlowsAsync(this IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Repository.PathOf("docs", "images", "flows", $"{name}.png") });

    public static Task PictureOfReadmeAsync(this IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Repository.PathOf("docs", "images", $"{name}.png") });
}
