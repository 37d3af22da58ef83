using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

public sealed class OfflineTests(Shop shop)
{
    [Fact]
    public async Task Without_a_connection_the_shop_shows_its_own_page_and_comes_back_by_itself()
    {
        var page = await shop.VisitAsync(worker: true);
        await page.GotoAsync("/");
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");

        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync("/basket");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are offline");

        await page.Context.SetOfflineAsync(false);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Basket");
    }

    [Fact]
    public async Task Nothing_about_the_visitor_is_stored_for_the_time_without_a_connection()
    {
        var page = await shop.VisitAsync(worker: true);
        await page.GotoAsync("/");
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await page.PutIntoBasketAsync(productId: 2);
        await page.GotoAsync("/basket");

        var stored = await page.EvaluateAsync<string[]>(
            """
            async () => {
              const paths = [];
              for (const name of await caches.keys()) {
                for (const request of await (await caches.open(name)).keys()) paths.push(new URL(request.url).pathname);
              }
              return paths.sort();
            }
            """);

        Assert.Equal(
            [
                "/css/base.css", "/css/elements.css", "/css/layout.css", "/fonts/instrument-sans.woff2", "/icons/shop.svg",
                "/js/offline.js", "/offline.html",
            ],
            stored);
    }
}
