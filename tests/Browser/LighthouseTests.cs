using System.Globalization;
using System.Text.Json.Nodes;
using static Microsoft.Playwright.Assertions;

namespace Browser;

/// <summary>
/// Lighthouse's phone on the pages of a purchase, the median of three runs. <c>tests/run-long lighthouse</c> runs it; nothing else may use
/// the processors at the same time.
/// </summary>
public sealed class LighthouseTests(Shop shop)
{
    private const int Runs = 3;
    private const int LowestPerformance = 98;
    private const double LongestPaint = 1800;

    // These pages are not meant for search engines.
    private const string NotCrawlable = "seo: is-crawlable";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Pages_keep_their_budgets()
    {
        var buyer = await shop.VisitAsync();
        await buyer.BuyAsync(productId: 7, Shopping.Pays);
        await Expect(buyer.Step("Paid")).ToBeVisibleAsync();
        var order = new Uri(buyer.Url).AbsolutePath;
        await buyer.PutIntoBasketAsync(productId: 2);
        var cookies = string.Join("; ", (await buyer.Context.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}"));
        string[] paths = ["/", "/?type=3", "/products/2", "/basket", "/checkout", order];

        var (exitCode, output) = await Npm.RunAsync(
            "lighthouse.mjs",
            [
                await Chromium.FindOrInstallAsync(Stop), string.Join(' ', Chromium.Arguments), $"{Runs}", cookies,
                .. paths.Select(path => new Uri(shop.Address, path).ToString()),
            ],
            Stop);
        Assert.True(exitCode == 0, output);
        var pages = JsonNode.Parse(output[output.IndexOf('[', StringComparison.Ordinal)..])!.AsArray();

        Console.WriteLine("page | performance | largest paint | layout shift | blocked | size | failed audits");
        List<string> faults = [];
        foreach (var (path, page) in paths.Zip(pages))
        {
            var (performance, paint, shift) = ((int)page!["performance"]!, (double)page["largestPaint"]!, (double)page["layoutShift"]!);
            var failed = page["failed"]!.AsArray().Select(audit => (string)audit!).Where(audit => audit != NotCrawlable).ToArray();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{path} | {performance} | {paint / 1000:0.00} s | {shift:0.000} | {(double)page["blocking"]!:0} ms | "
                + $"{(double)page["bytes"]! / 1024:0} KB | {string.Join(", ", failed)} ({page["opportunities"]!.ToJsonString()})"));
            if (performance < LowestPerformance || paint > LongestPaint || shift > 0 || failed.Length > 0)
            {
                faults.Add($"{path}: performance {performance}, largest paint {paint} ms, shift {shift}, {string.Join(", ", failed)}");
            }
        }

        Assert.Empty(faults);
    }
}
