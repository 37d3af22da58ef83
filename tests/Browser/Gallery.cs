using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

/// <summary>
/// Screenshots of every page: <c>dotnet run --project tests/Browser -- -explicit only</c> writes them to <c>artifacts/gallery</c>, and the
/// images of the documentation to <c>docs/images</c>.
/// </summary>
public sealed class Gallery(Shop shop)
{
    private static readonly int[] Widths = [320, 1280, 1920, 3440];

    [Fact(Explicit = true)]
    public async Task Of_the_storefront()
    {
        foreach (var colors in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            foreach (var width in Widths)
            {
                var page = await shop.VisitAsync(colors, width: width);
                string Name(string of) => $"shop-{of}-{width}-{colors}";
                foreach (var (name, path) in ((string, string)[])
                    [("front", "/"), ("search", "/?q=lamp&stock=1"), ("none", "/?q=zzzzzz"), ("product", "/products/2"),
                    ("type", "/?type=3"), ("corrected", "/?q=sudnay+taepot&min=50&max=20"), ("delivery", "/delivery"),
                    ("sign-in", "/sign-in"), ("register", "/register"), ("offline", "/offline.html"), ("lost", "/no/such/page"),
                    ("empty-basket", "/basket")])
                {
                    await page.GotoAsync(path);
                    await page.PictureAsync(Name(name));
                }

                await page.PutIntoBasketAsync(productId: 2);
                await page.PutIntoBasketAsync(productId: 40);
                await page.GotoAsync("/basket");
                await page.PictureAsync(Name("basket"));
                await page.GotoAsync("/checkout");
                await page.PictureAsync(Name("checkout"));
                await page.BuyAsync(productId: 7, Shopping.Pays);
                await Expect(page.Step("Paid")).ToBeVisibleAsync();
                await page.PictureAsync(Name("order"));
                var order = page.Url.Split('/')[^1];
                await page.GotoAsync($"/orders/{order}/cancel");
                await page.PictureAsync(Name("cancel"));
                await page.GotoAsync("/orders");
                await page.PictureAsync(Name("orders"));
                await page.GotoAsync("/orders/find");
                await page.PictureAsync(Name("find"));

                var admin = await shop.VisitAsAdminAsync(colors, width);
                foreach (var path in (string[])
                    ["/admin/products", "/admin/products/new", "/admin/products/2", "/admin/orders", "/admin/webhooks", "/admin/audit",
                    "/admin/mailbox", "/account", "/account/password", "/account/second-factor"])
                {
                    await admin.GotoAsync(path);
                    await admin.PictureAsync(Name(path[1..].Replace('/', '-')));
                }

                foreach (var (name, path) in ((string, string)[])
                    [("admin-order", $"/admin/orders/{order}"), ("admin-order-cancel", $"/admin/orders/{order}/cancel"),
                    ("admin-packing", $"/admin/orders/{order}/packing")])
                {
                    await admin.GotoAsync(path);
                    await admin.PictureAsync(Name(name));
                }
            }
        }
    }

    [Fact(Explicit = true)]
    public async Task Of_Aspires_dashboard()
    {
        await BuyAsync();
        var page = await shop.VisitAsync(ColorScheme.Dark, width: 1440);
        await shop.EnterAspireAsync(page);
        await Expect(page.GetByText("ordering-api").First).ToBeVisibleAsync();
        await page.PictureAsync("aspire-resources");
        var dashboard = new Uri(page.Url);

        await page.GotoAsync(new Uri(dashboard, "/traces").ToString());
        await page.GetByTitle("Name filter").Locator("input").FillAsync("POST /checkout");
        var orders = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "POST /checkout" });
        await Expect(orders.Last.Filter(new() { HasText = "ordering-api" })).ToBeVisibleAsync();
        await page.PictureAsync("aspire-traces");

        await orders.Last.GetByText("POST /checkout").First.ClickAsync();
        await Expect(page.GetByText("SELECT catalogdb.products").First).ToBeVisibleAsync();
        await page.PictureOfReadmeAsync("aspire-trace");
    }

    [Fact(Explicit = true)]
    public async Task Of_Flows()
    {
        var shipped = await ShipAsync();
        var failed = await BuyWhileStockIsBrokenAsync();
        foreach (var colors in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            foreach (var width in (int[])[360, 1440])
            {
                var page = await shop.VisitAsync(colors, width: width);
                await page.CountTitlesAsync();
                await shop.EnterFlowsAsync(page);
                var flows = new Uri(page.Url);
                string Name(string of) => $"{of}-{width}-{colors}".ToLowerInvariant();
                foreach (var (name, path) in ((string, string)[])
                    [("overview", "/"), ("flows", "/flows"), ("flow", $"/flows/{shipped}"), ("failed-flow", $"/flows/{failed}"),
                    ("messages", "/messages"), ("topology", "/topology"), ("dead-letters", "/dead-letters")])
                {
                    await page.GotoAsync(new Uri(flows, path).ToString());
                    await page.IsInteractiveAsync();
                    await Expect(page.Locator("[data-row]").First).ToBeVisibleAsync();
                    await page.PictureOfFlowsAsync(Name(name));
                }

                await page.GetByRole(AriaRole.Link, new() { Name = "ordering.order-placed" }).ClickAsync();
                await page.Locator(".letters [data-row]").First.ClickAsync();
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Headers" })).ToBeVisibleAsync();
                await page.PictureOfFlowsAsync(Name("dead-letter"));

                await page.GotoAsync(new Uri(flows, $"/flows/{shipped}").ToString());
                await page.IsInteractiveAsync();
                await page.GetByRole(AriaRole.Heading, new() { Name = "Expected: order" })
                    .EvaluateAsync("heading => heading.scrollIntoView()");
                await page.PictureOfFlowsAsync(Name("expected-steps"));

                await page.GotoAsync(new Uri(flows, $"/messages?q={shipped}&type=ordering.take-payment").ToString());
                await page.IsInteractiveAsync();
                await page.Locator("a[data-row]").First.ClickAsync();
                await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "ordering.take-payment" })).ToBeVisibleAsync();
                await page.PictureOfFlowsAsync(Name("message"));
            }
        }
    }

    /// <summary>An order from the click to the shipment.</summary>
    private async Task<string> ShipAsync()
    {
        var buyer = await BuyAsync();
        var order = buyer.Url.Split('/')[^1];
        var admin = await shop.VisitAsAdminAsync();
        await admin.GotoAsync($"/admin/orders/{order}");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Mark as shipped" }).ClickAsync();
        await Expect(buyer.Step("Shipped")).ToBeVisibleAsync();
        return order;
    }

    /// <summary>One order whose message is retried and ends as a dead letter.</summary>
    private async Task<string> BuyWhileStockIsBrokenAsync()
    {
        await shop.BreakStockAsync();
        try
        {
            var buyer = await shop.VisitAsync();
            await buyer.BuyAsync(productId: 5, Shopping.Pays);
            var page = await shop.VisitAsync();
            await shop.EnterFlowsAsync(page);
            await page.GotoAsync(new Uri(new Uri(page.Url), "/dead-letters").ToString());
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = "ordering.order-placed" })).ToBeVisibleAsync();
            return buyer.Url.Split('/')[^1];
        }
        finally
        {
            await shop.RepairStockAsync();
        }
    }

    /// <summary>Buys twice: the first purchase of a process is slow, because its code is compiled then.</summary>
    private async Task<IPage> BuyAsync()
    {
        var buyer = await shop.VisitAsync();
        foreach (var product in (int[])[2, 3])
        {
            await buyer.BuyAsync(product, Shopping.Pays);
            await Expect(buyer.Step("Paid")).ToBeVisibleAsync();
        }

        return buyer;
    }
}
