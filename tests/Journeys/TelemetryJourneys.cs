using Flows.Otlp.Wire.Trace;

namespace Journeys;

public sealed class TelemetryJourneys(Shop shop)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_messages_of_an_order_have_its_id_as_conversation_and_are_handled()
    {
        var guest = await shop.GuestAsync(Stop);
        var admin = await shop.AdminAsync(Stop);
        var order = await guest.BuyAsync(productId: 41, quantity: 1, Cards.Good, Stop);
        var id = (string)(await guest.OrderReachesAsync(order, "Paid", Stop))["id"]!;
        (await admin.Api.PostAsync($"{order}/ship", content: null, Stop)).EnsureSuccessStatusCode();
        string[] expected =
        [
            "basket.basket-checked-out ordering-api", "ordering.order-placed catalog-api", "ordering.order-placed webapp",
            "catalog.stock-reserved ordering-api", "ordering.order-stock-reserved webapp", "ordering.take-payment ordering.take-payment",
            "ordering.order-paid catalog-api", "ordering.order-paid webapp", "ordering.order-shipped catalog-api",
            "ordering.order-shipped webapp",
        ];

        await shop.Traces.WaitForAsync(spans => expected.All(Handled(spans, id).Contains), Stop);

        Assert.All(
            shop.Traces.Spans.Where(span => IsProcess(span) && span["messaging.message.conversation_id"] == id),
            span => Assert.Equal("handled", span["eventbus.outcome"]));
    }

    [Fact]
    public async Task No_api_calls_another_api_over_http_while_a_client_waits()
    {
        var guest = await shop.GuestAsync(Stop);
        var order = await guest.BuyAsync(productId: 42, quantity: 1, Cards.Good, Stop);
        var id = (string)(await guest.OrderReachesAsync(order, "Paid", Stop))["id"]!;
        await shop.Traces.WaitForAsync(spans => Handled(spans, id).Contains("ordering.order-paid webapp"), Stop);

        var calls = shop.Traces.Spans
            .Where(span => span.Service.EndsWith("-api", StringComparison.Ordinal)
                && span.Span.Kind == Span.Types.SpanKind.Client
                && span["url.full"]?
                    .Contains("/api/catalog/changes", StringComparison.Ordinal) is not true // Basket's replica, in the background.
                && (span["url.full"] ?? span["rpc.method"]) is not null)
            .Select(span => $"{span.Service} called {span["url.full"] ?? span["rpc.method"]}");

        Assert.Empty(calls);
    }

    private static HashSet<string> Handled(IReadOnlyList<ReceivedSpan> spans, string orderId) =>
        [.. spans
            .Where(span => IsProcess(span) && span["messaging.message.conversation_id"] == orderId)
            .Select(span => $"{span["eventbus.message.type"]} {span["eventbus.queue"]}")];

    private static bool IsProcess(ReceivedSpan span) => span["messaging.operation.name"] == "process";
}
