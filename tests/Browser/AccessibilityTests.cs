using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

/// <summary>axe finds nothing serious or critical on any page, in either theme, and no page is wider than a small phone.</summary>
public sealed class AccessibilityTests(Shop shop)
{
    private static readonly string[] Public =
    [
        "/", "/?q=lamp&stock=1", "/?q=zzzzzz", "/?q=sudnay+taepot&min=50&max=20", "/?page=999", "/products/2", "/sign-in", "/register",
        "/no/such/page", "/basket", "/orders", "/orders/find", "/contact", "/delivery", "/privacy", "/terms", "/imprint", "/denied",
    ];

    private static readonly string[] Admin =
    [
        "/admin/products", "/admin/products?low=1", "/admin/products/new", "/admin/products/2", "/admin/products/2/retire",
        "/admin/orders", "/admin/orders/packing", "/admin/webhooks", "/account", "/account/password", "/account/second-factor",
    ];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Visitors_pages_are_accessible(ColorScheme colors)
    {
        var page = await shop.VisitAsync(colors);
        List<string> findings = [];

        foreach (var path in Public)
        {
            await page.GotoAsync(path);
            findings.AddRange(await FindingsAsync(page, path));
        }

        await page.PutIntoBasketAsync(productId: 2);
        await page.GotoAsync("/basket");
        findings.AddRange(await FindingsAsync(page, "/basket, filled"));
        await page.GotoAsync("/checkout");
        await page.GetByRole(AriaRole.Button, new() { Name = "Buy now" }).ClickAsync();
        await Expect(page.Locator("[data-error-summary]")).ToBeVisibleAsync();
        findings.AddRange(await FindingsAsync(page, "/checkout, with mistakes"));
        await page.BuyAsync(productId: 2, Shopping.Pays);
        await Expect(page.Step("Paid")).ToBeVisibleAsync();
        findings.AddRange(await FindingsAsync(page, "order"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel order" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Yes, cancel the order" })).ToBeVisibleAsync();
        findings.AddRange(await FindingsAsync(page, "order, cancel"));
        await page.GotoAsync("/orders");
        findings.AddRange(await FindingsAsync(page, "/orders, filled"));

        Assert.Empty(findings);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Back_office_pages_are_accessible(ColorScheme colors)
    {
        var page = await shop.VisitAsAdminAsync(colors);
        List<string> findings = [];

        foreach (var path in Admin)
        {
            await page.GotoAsync(path);
            findings.AddRange(await FindingsAsync(page, path));
        }

        Assert.Empty(findings);
    }

    [Fact]
    public async Task Pages_fit_a_small_phone_and_are_accessible_there()
    {
        var page = await shop.VisitAsync(width: 360);
        await page.PutIntoBasketAsync(productId: 2);
        List<string> findings = [];

        foreach (var path in (string[])[.. Public, "/checkout"])
        {
            await page.GotoAsync(path);

            findings.AddRange(await FindingsAsync(page, path));

            if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
            {
                findings.Add($"{path} is wider than the screen");
            }
        }

        Assert.Empty(findings);
    }

    private static async Task<IEnumerable<string>> FindingsAsync(IPage page, string name)
    {
        var result = await page.RunAxe();

        return result.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .SelectMany(violation => violation.Nodes, (violation, node) => $"{name}: {violation.Id} ({violation.Help}) at {node.Html}");
    }
}
