using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

[CollectionDefinition("Broken stock", DisableParallelization = true)]
public sealed class BrokenStock;

/// <summary>
/// An order's message fails in Catalog, because a table is missing. Runs alone: the orders of other tests would fail as well.
/// </summary>
[Collection("Broken stock")]
public sealed class DeadLetterTests(Shop shop)
{
    [Fact]
    public async Task A_message_that_failed_is_found_with_its_flow_and_replayed_and_handled_once()
    {
        var page = await shop.VisitAsync();
        await shop.EnterFlowsAsync(page);
        var letters = new Uri(new Uri(page.Url), "/dead-letters");
        await page.GotoAsync($"{letters}");
        await Expect(page.GetByText("Every message was handled")).ToBeVisibleAsync();

        await shop.BreakStockAsync();
        string order;
        try
        {
            await page.GotoAsync(shop.Address.ToString());
            await page.BuyAsync(productId: 5, Shopping.Pays);
            order = page.Url.Split('/')[^1];
            await page.GotoAsync($"{letters}");
            await page.GetByRole(AriaRole.Link, new() { Name = "ordering.order-placed" }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = order }).ClickAsync();
            await Expect(page.GetByLabel("Body", new() { Exact = true })).ToContainTextAsync(order);
            await Expect(page.GetByText("PostgresException").First).ToBeVisibleAsync();
            Assert.Empty(await FindingsAsync(page.Url));

            // What its handler could not read is refused, and the message stays.
            await page.GetByRole(AriaRole.Button, new() { Name = "Edit…" }).ClickAsync();
            var body = page.GetByRole(AriaRole.Textbox, new() { Name = "Body" });
            await Expect(body).ToHaveValueAsync(new Regex(order));
            Assert.Empty(await page.FindingsAsync("the form for a new body"));
            await body.FillAsync("not JSON");
            await page.GetByRole(AriaRole.Button, new() { Name = "Replay with this body" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is not JSON");
            await body.FillAsync("{}");
            await page.GetByRole(AriaRole.Button, new() { Name = "Replay with this body" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("orderId");
            await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

            // Not repaired yet: it fails again, and names the first failure.
            await page.GetByRole(AriaRole.Button, new() { Name = "Replay this one" }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "failed again after a replay" }).ClickAsync();
            await Expect(page.GetByText("was replayed at")).ToBeVisibleAsync();
        }
        finally
        {
            await shop.RepairStockAsync();
        }

        await page.GotoAsync($"{letters}");
        await page.GetByRole(AriaRole.Link, new() { Name = "ordering.order-placed" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Replay all…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay 1 message" }).ClickAsync();
        await Expect(page.GetByText("Every message was handled")).ToBeVisibleAsync();

        await page.GotoAsync(new Uri(shop.Address, $"/orders/{order}").ToString());
        await Expect(page.Step("Paid")).ToBeVisibleAsync();
        var (flow, attempts) = await FlowAsync(page, new Uri(letters, $"/api/flows/{order}"));
        Assert.Single(flow["messages"]!.AsArray(), message => (string)message!["type"]! == "catalog.stock-reserved");
        var outcomes = attempts.Select(attempt => (string)attempt!["outcome"]!).ToArray();
        Assert.Equal(2, outcomes.Count(outcome => outcome == "dead-lettered"));
        Assert.Equal("handled", Assert.Single(outcomes, outcome => outcome is "handled" or "duplicate"));
    }

    [Fact]
    public async Task An_order_that_waited_was_retried_and_replayed_is_one_flow_with_its_waits()
    {
        var page = await shop.VisitAsync();
        await shop.EnterFlowsAsync(page);
        var flows = new Uri(page.Url);
        await page.GotoAsync(shop.Address.ToString());
        await page.PutIntoBasketAsync(productId: 5);
        await page.FillCheckoutAsync(Shopping.Pays);
        await shop.CommandAsync("catalog-api", "stop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Buy now" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(Shopping.OrderAddress());
        var order = page.Url.Split('/')[^1];
        await page.GotoAsync(new Uri(flows, $"/flows/{order}").ToString());
        await Expect(page.GetByText("Waits for catalog-api to handle")).ToBeVisibleAsync();

        await shop.BreakStockAsync();
        try
        {
            await shop.CommandAsync("catalog-api", "start");
            await page.GotoAsync(new Uri(flows, "/dead-letters").ToString());
            await page.GetByRole(AriaRole.Link, new() { Name = "ordering.order-placed" }).ClickAsync();
        }
        finally
        {
            await shop.RepairStockAsync();
        }

        await page.GetByRole(AriaRole.Link, new() { Name = order }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay this one" }).ClickAsync();

        var (_, attempts) = await FlowAsync(page, new Uri(flows, $"/api/flows/{order}"));
        Assert.Equal(
            ["retried", "retried", "dead-lettered", "handled"], attempts.Select(attempt => (string)attempt!["outcome"]!));
        Assert.Equal([1, 2, 3, 4], attempts.Select(attempt => (int)attempt!["number"]!));
        Assert.True((double)attempts[0]!["wait"]!["brokerMs"]! > 1_000, "While Catalog was stopped, the message waited in the broker.");
        Assert.InRange((double)attempts[1]!["wait"]!["retryDelayMs"]!, 1_000, 2_900);
        Assert.InRange((double)attempts[2]!["wait"]!["retryDelayMs"]!, 3_000, 30_000);
        Assert.True((double)attempts[3]!["wait"]!["deadLettersMs"]! > 0, attempts[3]!.ToJsonString());
        Assert.Null(attempts[3]!["wait"]!["retryDelayMs"]);
    }

    /// <summary>
    /// The flow and Catalog's attempts at the placed order, once Catalog has handled it and the order is paid. Each service sends its
    /// spans in its own time, so one of the two is not enough.
    /// </summary>
    private static async Task<(JsonNode Flow, JsonArray Attempts)> FlowAsync(IPage page, Uri address)
    {
        var answer = await page.Context.APIRequest.GetAsync(
            $"{address}?until=ordering.order-placed@catalog-api&until=ordering.order-paid&timeout=60", new() { Timeout = 90_000 });
        var flow = JsonNode.Parse(await answer.TextAsync())!;
        Assert.True((bool?)flow["reached"], flow.ToJsonString());
        var placed = flow["messages"]!.AsArray().Single(message => (string)message!["type"]! == "ordering.order-placed")!;
        var delivery = placed["deliveries"]!.AsArray().Single(delivery => (string)delivery!["queue"]! == "catalog-api")!;
        return (flow, delivery["attempts"]!.AsArray());
    }

    private async Task<IEnumerable<string>> FindingsAsync(string url)
    {
        var page = await shop.VisitAsync(width: 360);
        await shop.EnterFlowsAsync(page);
        await page.GotoAsync(url);
        await Expect(page.GetByLabel("Body", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page).ToHaveTitleAsync("Dead letters · Flows");
        return await page.FindingsAsync("a dead letter");
    }
}
