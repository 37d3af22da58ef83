using System.Text.Json;
using System.Text.Json.Nodes;
using Flows.Testing;

namespace Journeys;

public sealed class TelemetryJourneys(Shop shop)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_follows_its_declared_process_and_each_message_is_handled_once()
    {
        var guest = await shop.GuestAsync(Stop);
        var admin = await shop.AdminAsync(Stop);
        var order = await guest.BuyAsync(productId: 41, quantity: 1, Cards.Good, Stop);
        var paid = await shop.Flows.OfOrder(order, Stop).ToReach("ordering.order-paid@webapp");
        Assert.Single(DeliveriesIn(paid).SelectMany(delivery => delivery.Attempts).Select(attempt => attempt.TraceId).Distinct());
        (await admin.Api.PostAsync($"{order}/ship", content: null, Stop)).EnsureSuccessStatusCode();

        var flow = await shop.Flows.OfOrder(order, Stop).ToReach([.. DeclaredDeliveries()]);

        flow.FollowsItsProcess();
        Assert.All(
            DeliveriesIn(flow),
            delivery => Assert.True(delivery is { Outcome: "handled", HandledCount: 1 }, $"{delivery.Queue}\n{flow}"));
    }

    [Fact]
    public async Task No_api_calls_another_api_over_http_while_a_client_waits()
    {
        var guest = await shop.GuestAsync(Stop);
        var order = await guest.BuyAsync(productId: 42, quantity: 1, Cards.Good, Stop);

        var flow = await shop.Flows.OfOrder(order, Stop).ToReach("ordering.order-paid@webapp");

        Assert.Contains(flow.Calls, call => call.From == "webapp");
        Assert.DoesNotContain(flow.Calls, call => call.From.EndsWith("-api", StringComparison.Ordinal));
    }

    private static IEnumerable<FlowDelivery> DeliveriesIn(Flow flow) => flow.Messages.SelectMany(message => message.Deliveries);

    /// <summary>The deliveries of an order that neither fails nor is cancelled, from docs/processes/order.json.</summary>
    private static IEnumerable<string> DeclaredDeliveries()
    {
        var process = JsonNode.Parse(
            File.ReadAllText(Repository.PathOf("docs", "processes", "order.json")),
            documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;
        return
            from step in process["steps"]!.AsArray()
            where step["optional"] is null
            from queue in step["to"]!.AsArray()
            select $"{step["message"]}@{queue}";
    }
}
