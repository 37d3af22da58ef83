using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

[CollectionDefinition("Outages", DisableParallelization = true)]
public sealed class Outages;

/// <summary>
/// What a shopper sees while one part of the shop is stopped, from the front page to the order, and that the purchase goes on when the part
/// is back. Runs alone: other visitors need every part. Takes minutes, so it runs with tests/run-long. Screenshots are in
/// <c>artifacts/gallery</c>.
/// </summary>
[Collection("Outages")]
public sealed class OutageTests(Shop shop)
{
    private const int Product = 21;

    [Fact(Explicit = true)]
    public async Task Without_the_catalog_the_basket_can_still_be_bought()
    {
        var buyer = await shop.VisitAsync();
        await buyer.PutIntoBasketAsync(Product);

        await WhileStoppedAsync("catalog-api", async () =>
        {
            await buyer.GotoAsync("/");
            await ShowsAsync(buyer, "The products cannot be shown right now.", "catalog-front");
            await buyer.GotoAsync($"/products/{Product}");
            await ShowsAsync(buyer, "This product cannot be shown right now.", "catalog-product");
            await BuyAsync(buyer);
            await IsReceivedAsync(buyer, "catalog-order");
        });

        await Expect(buyer.Step("Paid")).ToBeVisibleAsync();
    }

    [Fact(Explicit = true)]
    public async Task Without_the_basket_the_shop_can_be_looked_at_and_orders_too()
    {
        var buyer = await shop.VisitAsync();
        await buyer.BuyAsync(Product, Shopping.Pays);
        await Expect(buyer.Step("Paid")).ToBeVisibleAsync();
        var order = buyer.Url;
        await buyer.PutIntoBasketAsync(Product);

        await WhileStoppedAsync("basket-api", async () =>
        {
            await BasketIsMissingAsync(buyer, "basket");
            await buyer.GotoAsync(order);
            await Expect(buyer.Step("Paid")).ToBeVisibleAsync();
        });

        await BuyAsync(buyer);
        await Expect(buyer.Step("Paid")).ToBeVisibleAsync();
    }

    [Fact(Explicit = true)]
    public async Task Without_the_orders_a_purchase_is_accepted()
    {
        var buyer = await shop.VisitAsync();
        await buyer.PutIntoBasketAsync(Product);

        await WhileStoppedAsync("ordering-api", async () =>
        {
            await BuyAsync(buyer);
            await IsReceivedAsync(buyer, "ordering-order");
            await buyer.GotoAsync("/orders");
            await ShowsAsync(buyer, "Your orders cannot be shown right now.", "ordering-orders");
            await buyer.GoBackAsync();
        });

        await Expect(buyer.Step("Paid")).ToBeVisibleAsync();
    }

    [Fact(Explicit = true)]
    public async Task Without_the_mail_server_an_order_is_paid_and_its_mail_comes_later()
    {
        var buyer = await shop.VisitAsync();
        await buyer.PutIntoBasketAsync(Product);

        await WhileStoppedAsync("mail-sink", async () =>
        {
            await BuyAsync(buyer);
            await Expect(buyer.Step("Paid")).ToBeVisibleAsync();
            await buyer.PictureAsync("outage-mail-order");
            var admin = await shop.VisitAsAdminAsync();
            await admin.GotoAsync("/admin/mailbox");
            await ShowsAsync(admin, "The mails cannot be shown right now.", "mail-mailbox");
        });

        await shop.OpenMailAsync("ada@example.com", $"Thank you for your order {await buyer.OrderNumberAsync()}");
    }

    [Fact(Explicit = true)]
    public async Task Without_the_store_of_the_baskets_the_shop_can_be_looked_at()
    {
        var buyer = await shop.VisitAsync();
        await buyer.PutIntoBasketAsync(Product);

        await WhileStoppedAsync("basketstore", () => BasketIsMissingAsync(buyer, "basketstore"));

        await BuyAsync(buyer);
        await Expect(buyer.Step("Paid")).ToBeVisibleAsync();
    }

    [Fact(Explicit = true)]
    public async Task Without_the_cache_a_purchase_works_as_always()
    {
        var buyer = await shop.VisitAsync();

        await WhileStoppedAsync("cache", async () =>
        {
            await buyer.PutIntoBasketAsync(Product);
            await BuyAsync(buyer);
            await buyer.ReloadUntilAsync(buyer.Step("Paid"));
            await buyer.PictureAsync("outage-cache-order");
        });
    }

    [Fact(Explicit = true)]
    public async Task Without_the_broker_a_purchase_is_accepted()
    {
        var buyer = await shop.VisitAsync();
        await buyer.PutIntoBasketAsync(Product);

        await WhileStoppedAsync("messaging", async () =>
        {
            await BuyAsync(buyer);
            await IsReceivedAsync(buyer, "broker-order");
            await buyer.ReloadAsync();
            await IsReceivedAsync(buyer, "broker-order-again");
        });

        await Expect(buyer.Step("Paid")).ToBeVisibleAsync();
    }

    private static async Task BuyAsync(IPage buyer)
    {
        await buyer.FillCheckoutAsync(Shopping.Pays);
        await buyer.GetByRole(AriaRole.Button, new() { Name = "Buy now" }).ClickAsync();
        await Expect(buyer).ToHaveURLAsync(Shopping.OrderAddress());
    }

    private static async Task BasketIsMissingAsync(IPage buyer, string name)
    {
        await buyer.GotoAsync($"/products/{Product}");
        await buyer.GetByRole(AriaRole.Button, new() { Name = "Add to basket", Exact = true }).ClickAsync();
        await ShowsAsync(buyer, "It could not be put into your basket. The basket does not respond right now.", $"{name}-product");
        await buyer.GotoAsync("/basket");
        await ShowsAsync(buyer, "Your basket cannot be shown right now.", $"{name}-basket");
        await buyer.GotoAsync("/checkout");
        await ShowsAsync(buyer, "You cannot check out right now.", $"{name}-checkout");
    }

    private static async Task IsReceivedAsync(IPage buyer, string name)
    {
        await Expect(buyer.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Thank you for your order");
        await buyer.PictureAsync($"outage-{name}");
    }

    private static async Task ShowsAsync(IPage page, string text, string name)
    {
        await Expect(page.GetByRole(AriaRole.Main).GetByText(new Regex(Regex.Escape(text)))).ToBeVisibleAsync();
        Assert.Empty(await page.FindingsAsync(name));
        await page.PictureAsync($"outage-{name}");
    }

    private async Task WhileStoppedAsync(string part, Func<Task> actAsync)
    {
        await shop.StopAsync(part);
        try
        {
            await actAsync();
        }
        finally
        {
            await shop.StartAsync(part);
        }
    }
}
