using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
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
        await Expect(waits).ToHaveCountAsync(Columns.Length, new() { Timeout = 15_000 });
        await Expect(page.Locator(".facts a.badge").First).ToHaveAttributeAsync("href", new Regex("/traces/detail/[0-9a-f]{32}$"));
        Assert.All((await waits.AllInnerTextsAsync()).Skip(Columns.Length - 2), wait => Assert.Matches(@"^[0-9.]+ (µs|ms|s)$", wait));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_pages_of_Flows_are_accessible_and_fit_a_phone(ColorScheme colors)
    {
        var page = await shop.VisitAsync(colors, width: 360);
        await shop.EnterFlowsAsync(page);
        await page.AddInitScriptAsync(CountTitles);
        List<string> findings = [];
        foreach (var path in (string[])["/", "/flows/unknown", "/no/such/page"])
        {
            await page.GotoAsync(new Uri(new Uri(page.Url), path).ToString());
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await page.WaitForFunctionAsync("() => window.titles > 1");
            var result = await page.RunAxe();
            findings.AddRange(result.Violations
                .Where(violation => violation.Impact is "serious" or "critical")
                .Select(violation => $"{path}: {violation.Id} ({violation.Help}) at {violation.Nodes[0].Html}"));
            if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
            {
                findings.Add($"{path}: wider than the screen");
            }
        }

        Assert.Empty(findings);
    }

    // When Blazor becomes interactive it replaces the title of the prerendered page. Between the two there is no title.
    private const string CountTitles = """
        window.titles = 0;
        new MutationObserver(changes => {
          for (const node of changes.flatMap(change => [...change.addedNodes])) {
            if (node.nodeName === "TITLE") window.titles++;
          }
        }).observe(document, { childList: true, subtree: true });
        """;

    private static string[] Columns => ["#", "At", "Outbox", "Broker", "Prefetch", "Handler", "Total"];
}
