using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

/// <summary>What a visitor sees and can do while the shop cannot be reached.</summary>
public sealed class ConnectionTests(Shop shop)
{
    [Fact]
    public async Task A_form_that_cannot_be_sent_shows_an_error_and_can_be_sent_again()
    {
        var page = await shop.VisitAsync();
        await page.GotoAsync("/products/8");
        var add = page.GetByRole(AriaRole.Button, new() { Name = "Add to basket", Exact = true });

        await page.Context.SetOfflineAsync(true);
        await add.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("You seem to be offline. Try again.");
        await page.Context.SetOfflineAsync(false);
        await add.ClickAsync();

        await Expect(page.Notice("is in your basket.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_page_that_cannot_be_fetched_is_loaded_by_the_browser_itself()
    {
        var page = await shop.VisitAsync();
        await page.GotoAsync("/products/8");
        await page.WaitForFunctionAsync("() => window.Blazor");
        await page.RouteAsync("**/orders", route => route.AbortAsync("internetdisconnected"), new() { Times = 1 });

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Your shop" })
            .GetByRole(AriaRole.Link, new() { Name = "Orders" })
            .ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/orders$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(new Regex("orders"));
    }

    [Fact]
    public async Task A_purchase_that_could_not_be_sent_can_be_sent_again()
    {
        var page = await shop.VisitAsync();
        await page.PutIntoBasketAsync(productId: 9);
        await page.FillCheckoutAsync(Shopping.Pays);
        var buy = page.GetByRole(AriaRole.Button, new() { Name = "Buy now" });
        await page.RouteAsync("**/checkout", route => route.AbortAsync("aborted"), new() { Times = 1 });

        await buy.ClickAsync();
        await Expect(buy).Not.ToHaveAttributeAsync("aria-disabled", "true");
        await buy.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Thank you");
    }
}
