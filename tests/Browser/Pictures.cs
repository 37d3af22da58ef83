using Microsoft.Playwright;

namespace Browser;

internal static class Pictures
{
    public static Task PictureAsync(this IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Repository.PathOf("artifacts", "gallery", $"{name}.png"), FullPage = true });

    /// <summary>A list that has just measured its rows leaves out the first ones for a moment.</summary>
    private const string ShowsFirstRows = """
        () => [...document.querySelectorAll("[data-live-rows] tr:first-child:not([data-href]) + tr[data-href]")]
          .every(row => row.previousElementSibling.offsetHeight === 0)
        """;

    public static async Task PictureOfFlowsAsync(this IPage page, string name)
    {
        await page.WaitForFunctionAsync(ShowsFirstRows);
        await page.ScreenshotAsync(new() { Path = Repository.PathOf("docs", "images", "flows", $"{name}.png") });
    }

    public static Task PictureOfReadmeAsync(this IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Repository.PathOf("docs", "images", $"{name}.png") });
}
