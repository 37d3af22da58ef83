using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

public sealed class LivePriceTests(Shop shop)
{
    private const int Product = 6;

    [Fact]
    public async Task A_price_that_an_admin_changes_shows_in_an_open_basket_and_on_the_open_product_page()
    {
        var buyer = await shop.VisitAsync();
        await buyer.PutIntoBasketAsync(Product);
        var product = await buyer.Context.NewPageAsync();
        await product.GotoAsync($"/products/{Product}");
        await buyer.GotoAsync("/basket");
        var admin = await shop.VisitAsAdminAsync();
        await admin.GotoAsync($"/admin/products/{Product}");
        var price = admin.GetByLabel("Price in euros");
        var raised = $"{decimal.Parse(await price.InputValueAsync(), System.Globalization.CultureInfo.InvariantCulture) + 1:0.00}";

        await price.FillAsync(raised);
        await admin.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(product.Locator(".detail [data-price]")).ToHaveTextAsync($"€{raised}", new() { Timeout = 30_000 });
        await Expect(buyer.GetByText("The price changed from")).ToBeVisibleAsync(new() { Timeout = 30_000 });
    }
}
