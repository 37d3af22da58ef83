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
    public async Task The_owner_adds_a_product_with_a_picture_and_a_guest_finds_and_buys_it()
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
}
