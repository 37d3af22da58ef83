using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Browser;

/// <summary>What a visitor does on the pages, found by what is visible.</summary>
internal static partial class Shopping
{
    public const string Pays = "4242 4242 4242 4242";
    public const string PaysSlowly = "4000 0000 0000 3220";
    public const string IsDeclined = "4000 0000 0000 0002";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task PutIntoBasketAsync(this IPage page, int productId)
    {
        await page.GotoAsync($"/products/{productId}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to basket", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Notice("is in your basket.")).ToBeVisibleAsync();
    }

    public static async Task FillCheckoutAsync(this IPage page, string card)
    {
        await page.GotoAsync("/checkout");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Ada Browser");
        await page.GetByLabel("E-mail").FillAsync("ada@example.com");
        await page.GetByLabel("Street").FillAsync("1 Harbour Road");
        await page.GetByLabel("Postal code").FillAsync("4000-001");
        await page.GetByLabel("City").FillAsync("Porto");
        await page.GetByLabel("Country").SelectOptionAsync("Portugal");
        await page.GetByLabel("Card number").FillAsync(card);
        await page.GetByLabel("Name on the card").FillAsync("Ada Browser");
        await page.GetByLabel("Valid until").FillAsync("12/40");
        await page.GetByLabel("Security code").FillAsync("123");
    }

    public static async Task BuyAsync(this IPage page, int productId, string card)
    {
        await page.PutIntoBasketAsync(productId);
        await page.FillCheckoutAsync(card);
        await page.GetByRole(AriaRole.Button, new() { Name = "Buy now" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(OrderAddress());
    }

    /// <summary>A text in the main part of the page; the same text is also in the region for screen readers.</summary>
    public static ILocator Notice(this IPage page, string text) => page.GetByRole(AriaRole.Main).GetByText(text);

    public static ILocator Step(this IPage page, string status) => page.Locator($".steps .done[data-step='{status}']");

    /// <summary>Loads the page again until it shows something that another part of the shop has to do first.</summary>
    public static async Task ReloadUntilAsync(this IPage page, ILocator expected)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await expected.IsVisibleAsync())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"{page.Url} does not show {expected}.");
            await page.ReloadAsync();
        }
    }

    /// <summary>Ships an order and refunds five euros of it, as an administrator.</summary>
    public static async Task ShipAndRefundAsync(this IPage admin, string order)
    {
        await admin.GotoAsync($"/admin/orders/{order}");
        await admin.GetByLabel("Carrier").FillAsync("DHL");
        await admin.GetByLabel("Tracking number").FillAsync("00340434161094015902");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Mark as shipped" }).ClickAsync();
        await Assertions.Expect(admin.Notice("is on its way")).ToBeVisibleAsync();
        await admin.GetByLabel("Amount in euros").FillAsync("5.00");
        await admin.GetByLabel("Reason").FillAsync("It arrived with a scratch.");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Refund" }).ClickAsync();
    }

    public static Task<string> OrderNumberAsync(this IPage order) => order.Locator(".page-head .order-number").InnerTextAsync();

    [GeneratedRegex("/orders/[0-9a-f-]{36}$")]
    public static partial Regex OrderAddress();
}
