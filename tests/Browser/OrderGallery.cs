using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

/// <summary>Screenshots of what can become of a basket and an order; run as <see cref="Gallery"/>.</summary>
public sealed class OrderGallery(Shop shop)
{
    private static readonly int[] Widths = [360, 1280, 1920];

    [Fact(Explicit = true)]
    public async Task Of_orders_and_of_what_is_sold_out()
    {
        var buyer = await shop.VisitAsync();
        await buyer.BuyAsync(productId: 8, Shopping.Pays);
        await Expect(buyer.Step("Paid")).ToBeVisibleAsync();
        var admin = await shop.VisitAsAdminAsync();
        await admin.ShipAndRefundAsync(IdOf(buyer));
        await Expect(buyer.GetByText("It arrived with a scratch.")).ToBeVisibleAsync();
        var shipped = IdOf(buyer);
        await buyer.BuyAsync(productId: 9, Shopping.IsDeclined);
        await Expect(buyer.GetByRole(AriaRole.Button, new() { Name = "Pay again" })).ToBeVisibleAsync();
        var declined = IdOf(buyer);
        await buyer.BuyAsync(productId: 12, Shopping.Pays);
        await Expect(buyer.Step("Paid")).ToBeVisibleAsync();
        await buyer.PutIntoBasketAsync(productId: 18);
        await buyer.PutIntoBasketAsync(productId: 19);
        await admin.GotoAsync("/admin/products/18");
        await admin.GetByLabel("Pieces that can be bought").FillAsync("0");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(admin.Notice("is saved")).ToBeVisibleAsync();
        await buyer.GotoAsync("/basket");
        await Expect(buyer.GetByText("Sold out.")).ToBeVisibleAsync();

        foreach (var (page, paths) in ((IPage, (string, string)[])[])
            [
                (buyer, [("order-shipped", $"/orders/{shipped}"), ("order-declined", $"/orders/{declined}"), ("orders", "/orders"),
                    ("basket-sold-out", "/basket"), ("checkout-sold-out", "/checkout")]),
                (admin, [("admin-order-shipped", $"/admin/orders/{shipped}"), ("admin-orders", "/admin/orders"),
                    ("admin-orders-none", "/admin/orders?find=nobody"), ("admin-packing-all", "/admin/orders/packing"),
                    ("admin-webhooks", "/admin/webhooks")]),
            ])
        {
            foreach (var colors in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await page.EmulateMediaAsync(new() { ColorScheme = colors });
                foreach (var width in Widths)
                {
                    await page.SetViewportSizeAsync(width, 900);
                    foreach (var (name, path) in paths)
                    {
                        await page.GotoAsync(path);
                        await page.PictureAsync($"orders-{name}-{width}-{colors}");
                    }
                }
            }
        }
    }

    private static string IdOf(IPage order) => order.Url.Split('/')[^1];
}
