using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

/// <summary>What happens with an order after it is paid: mails, links, shipment, refund, cancellation.</summary>
public sealed class OrderTests(Shop shop)
{
    [Fact]
    public async Task A_guest_opens_the_order_by_the_link_of_its_mail_in_another_browser_and_cancels_it()
    {
        var buyer = await shop.VisitAsync();
        await buyer.BuyAsync(productId: 8, Shopping.Pays);
        await Expect(buyer.Step("Paid")).ToBeVisibleAsync();
        var number = await buyer.OrderNumberAsync();
        var admin = await shop.OpenMailAsync("ada@example.com", $"Thank you for your order {number}");
        var link = await admin.LinkOfMailAsync();

        var elsewhere = await shop.VisitAsync(scripts: false);
        await elsewhere.GotoAsync(link);
        await Expect(elsewhere).ToHaveURLAsync(Shopping.OrderAddress());
        await Expect(elsewhere.GetByText("1 Harbour Road")).ToBeVisibleAsync();
        await elsewhere.GetByRole(AriaRole.Link, new() { Name = "Cancel order" }).ClickAsync();
        await Expect(elsewhere.GetByText("back to your Visa ending in 4242")).ToBeVisibleAsync();
        await elsewhere.GetByRole(AriaRole.Button, new() { Name = "Yes, cancel the order" }).ClickAsync();

        await Expect(elsewhere.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("This order is cancelled");
        await Expect(buyer.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("This order is cancelled");
        await admin.OpenMailAsync("ada@example.com", $"Your order {number} is cancelled");
        await Expect(admin.Locator(".mail-text")).ToContainTextAsync("The payment goes back to your Visa ending in 4242.");
    }

    [Fact]
    public async Task A_guest_finds_the_order_by_number_and_address_in_another_browser()
    {
        var buyer = await shop.VisitAsync();
        await buyer.BuyAsync(productId: 8, Shopping.Pays);
        await Expect(buyer.Step("Paid")).ToBeVisibleAsync();

        var elsewhere = await shop.VisitAsync(width: 360);
        await elsewhere.GotoAsync("/orders");
        await elsewhere.GetByRole(AriaRole.Link, new() { Name = "Find your order" }).ClickAsync();
        await elsewhere.GetByLabel("Order number").FillAsync(await buyer.OrderNumberAsync());
        await elsewhere.GetByLabel("E-mail").FillAsync("ada@example.com");
        await elsewhere.GetByRole(AriaRole.Button, new() { Name = "Find it" }).ClickAsync();

        await Expect(elsewhere.Step("Paid")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_admin_ships_with_a_tracking_number_and_refunds_a_part_and_the_open_page_shows_both()
    {
        var buyer = await shop.VisitAsync();
        await buyer.BuyAsync(productId: 9, Shopping.Pays);
        await Expect(buyer.Step("Paid")).ToBeVisibleAsync();
        var admin = await shop.VisitAsAdminAsync(width: 360);

        var number = await buyer.OrderNumberAsync();
        await admin.GotoAsync($"/admin/orders?find={number}");
        await admin.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Ship order SH-") }).ClickAsync();
        await admin.GetByLabel("Carrier").FillAsync("DHL");
        await admin.GetByLabel("Tracking number").FillAsync("0034 0434");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Mark as shipped" }).ClickAsync();

        await Expect(buyer.Step("Shipped")).ToBeVisibleAsync();
        await Expect(buyer.GetByText("0034 0434")).ToBeVisibleAsync();
        await Expect(buyer.GetByRole(AriaRole.Link, new() { Name = "Track the parcel" })).ToBeVisibleAsync();

        await admin.GetByLabel("Amount in euros").FillAsync("5.00");
        await admin.GetByLabel("Reason").FillAsync("It arrived with a scratch.");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Refund" }).ClickAsync();

        await Expect(buyer.GetByText("It arrived with a scratch.")).ToBeVisibleAsync();
        await Expect(buyer.GetByText("−€5.00")).ToBeVisibleAsync();
        Assert.Empty(await buyer.FindingsAsync("order, shipped and refunded"));
        await admin.OpenMailAsync("ada@example.com", $"Your order {number} is on its way");
        await Expect(admin.Locator(".mail-text")).ToContainTextAsync("0034 0434");
    }

    [Fact]
    public async Task An_open_basket_announces_what_is_sold_out_and_one_click_removes_it()
    {
        const int Product = 17;
        var buyer = await shop.VisitAsync();
        await buyer.PutIntoBasketAsync(Product);
        await buyer.GotoAsync("/basket");
        await Expect(buyer.GetByRole(AriaRole.Link, new() { Name = "Check out" })).ToBeVisibleAsync();

        var before = await SetStockAsync(Product, "0");

        await Expect(buyer.Locator("#announcer")).ToContainTextAsync("Sold out.");
        await Expect(buyer.GetByText("Nothing in your basket can be bought right now.")).ToBeVisibleAsync();
        Assert.Empty(await buyer.FindingsAsync("/basket, sold out"));
        await buyer.GetByRole(AriaRole.Button, new() { Name = "Empty the basket" }).ClickAsync();
        await Expect(buyer.GetByRole(AriaRole.Heading, new() { Name = "Your basket is empty" })).ToBeVisibleAsync();
        await SetStockAsync(Product, before);
    }

    /// <returns>The stock before.</returns>
    private async Task<string> SetStockAsync(int product, string pieces)
    {
        var admin = await shop.VisitAsAdminAsync();
        await admin.GotoAsync($"/admin/products/{product}");
        var stock = admin.GetByLabel("Pieces that can be bought");
        var before = await stock.InputValueAsync();
        await stock.FillAsync(pieces);
        await admin.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(admin.Notice("is saved")).ToBeVisibleAsync();
        return before;
    }
}
