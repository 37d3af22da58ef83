using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

public sealed class BackOfficeTests(Shop shop)
{
    /// <summary>An ordinary photo for the shop: one of its icons, which is a PNG of 512 pixels.</summary>
    private static readonly string Picture = Repository.PathOf("WebApp", "wwwroot", "icons", "shop-512.png");

    [Fact]
    public async Task The_owner_adds_a_product_with_a_picture_sells_packs_and_ships_it_and_refunds_a_part()
    {
        var admin = await shop.VisitAsAdminAsync();
        await admin.GotoAsync("/admin/products");
        await admin.GetByRole(AriaRole.Link, new() { Name = "New product" }).ClickAsync();
        await admin.GetByLabel("Name", new() { Exact = true }).FillAsync("Quokka Doorstop");
        await admin.GetByLabel("Description").FillAsync("Holds the door, and smiles.");
        await admin.GetByLabel("Type").SelectOptionAsync("Lamps");
        await admin.GetByLabel("Brand").SelectOptionAsync("Morrow Works");
        await admin.GetByLabel("Price in euros").FillAsync("19,90");
        await admin.GetByLabel("Pieces that can be bought").FillAsync("3");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Add product" }).ClickAsync();
        await Expect(admin.Notice("Now add its picture.")).ToBeVisibleAsync();

        await admin.GetByLabel("Another picture").SetInputFilesAsync(Picture);
        await Expect(admin.Locator(".picture-preview img")).ToHaveAttributeAsync("src", new Regex("^data:image/png"));
        await admin.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Expect(admin.Notice("The shop shows the new picture.")).ToBeVisibleAsync();
        var id = int.Parse(admin.Url.Split('/')[^1], CultureInfo.InvariantCulture);

        var guest = await shop.VisitAsync();
        await guest.GotoAsync("/?q=quokka");
        await Expect(guest.GetByRole(AriaRole.Link, new() { Name = "Quokka Doorstop" })).ToBeVisibleAsync();
        await guest.BuyAsync(id, Shopping.Pays);
        await Expect(guest.Step("Paid")).ToBeVisibleAsync();

        await admin.GotoAsync("/admin/products?find=quokka");
        await Expect(admin.GetByLabel("Pieces in stock of Quokka Doorstop")).ToHaveValueAsync("2");
        await ShipAsync(admin, await guest.OrderNumberAsync());
        await Expect(guest.Step("Shipped")).ToBeVisibleAsync();
        await Expect(guest.GetByText("0034 0434")).ToBeVisibleAsync();

        await admin.GetByLabel("Amount in euros").FillAsync("4,50");
        await admin.GetByLabel("Reason").FillAsync("One eye was missing.");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Refund" }).ClickAsync();
        await Expect(guest.GetByText("One eye was missing.")).ToBeVisibleAsync();
        await Expect(guest.GetByText("−€4.50")).ToBeVisibleAsync();
        var mail = await shop.OpenMailAsync("ada@example.com", $"€4.50 of your order {await guest.OrderNumberAsync()}");
        await Expect(mail.Locator(".mail-text")).ToContainTextAsync("One eye was missing.");

        await admin.GotoAsync("/admin/audit");
        var rows = admin.GetByRole(AriaRole.List, new() { Name = "Actions" }).GetByRole(AriaRole.Listitem);
        var picture = rows.Filter(new() { HasText = "Changed a picture" }).Filter(new() { HasText = "Quokka Doorstop" });
        await Expect(picture).ToHaveCountAsync(1);
        var refund = rows.Filter(new() { HasText = "Refunded an order" }).Filter(new() { HasText = await guest.OrderNumberAsync() });
        await admin.ReloadUntilAsync(refund);
        await Expect(refund).ToContainTextAsync("€4.50");
        await Expect(refund).ToContainTextAsync("admin@shop.localhost");
    }

    [Fact]
    public async Task Prices_are_changed_in_the_list_on_a_small_phone()
    {
        var admin = await shop.VisitAsAdminAsync(width: 320);
        await admin.GotoAsync("/admin/products?find=12");
        var price = admin.GetByLabel("Price in euros of Regatta Radio");

        await price.FillAsync("a lot");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Save Regatta Radio" }).ClickAsync();
        await Expect(price).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(price).ToHaveValueAsync("a lot");
        await price.FillAsync("71.50");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Save Regatta Radio" }).ClickAsync();

        await Expect(admin.Notice("Regatta Radio is saved.")).ToBeVisibleAsync();
        await Expect(price).ToHaveValueAsync("71.50");
        Assert.False(await admin.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"));
    }

    private static async Task ShipAsync(IPage admin, string order)
    {
        await admin.GotoAsync($"/admin/orders?find={order}");
        await admin.GetByRole(AriaRole.Link, new() { Name = $"Ship order {order}" }).ClickAsync();
        await admin.GetByRole(AriaRole.Link, new() { Name = "Packing list" }).ClickAsync();
        await Expect(admin.Locator(".packing")).ToContainTextAsync("Quokka Doorstop");
        await Expect(admin.Locator(".packing")).ToContainTextAsync("1 Harbour Road");
        await admin.GoBackAsync();
        await admin.GetByLabel("Carrier").FillAsync("DHL");
        await admin.GetByLabel("Tracking number").FillAsync("0034 0434");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Mark as shipped" }).ClickAsync();
    }
}
