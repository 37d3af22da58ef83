using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

/// <summary>Flows shows the messages of an order that has just been placed.</summary>
public sealed class FlowTests(Shop shop)
{
    private static readonly string[] Story =
    [
        "basket.basket-checked-out", "ordering.order-placed", "catalog.stock-reserved", "ordering.take-payment",
        "ordering.order-stock-reserved", "ordering.order-paid",
    ];

    [Fact]
    public async Task An_order_links_to_its_flow_which_shows_every_message_with_its_queue_and_its_waits()
    {
        var page = await shop.VisitAsync();
        await shop.EnterFlowsAsync(page);
        await page.GotoAsync(shop.Address.ToString());
        await page.BuyAsync(productId: 3, Shopping.Pays);
        await Expect(page.Step("Paid")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "See how it travels" }).ClickAsync();

        var messages = page.GetByRole(AriaRole.Region, new() { Name = "Messages of this flow" });
        foreach (var message in Story)
        {
            await Expect(messages.GetByText(message, new() { Exact = true }).First).ToBeVisibleAsync();
        }

        foreach (var queue in (string[])["ordering-api", "catalog-api", "webapp"])
        {
            await Expect(messages.GetByText(queue).First).ToBeVisibleAsync();
        }

        var waits = messages.Locator("tr", new() { HasText = "ordering.take-payment" }).Locator("td.num");
        await Expect(waits).ToHaveCountAsync(Columns.Length);
        await Expect(page.Locator(".facts a.badge").First).ToHaveAttributeAsync("href", new Regex("/traces/detail/[0-9a-f]{32}$"));
        Assert.All((await waits.AllInnerTextsAsync()).Skip(Columns.Length - 2), wait => Assert.Matches(@"^[0-9.]+ (µs|ms|s)$", wait));
    }

    private static string[] Columns => ["#", "At", "Outbox", "Broker", "Prefetch", "Handler", "Total"];
}
