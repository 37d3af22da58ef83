using Flows.Otlp.Wire.Collector.Trace;
using WireSpan = Flows.Otlp.Wire.Trace.Span;

namespace Flows.Tests.Scenarios;

/// <summary>The spans that the shop's services send for an order, from the click to the shipment.</summary>
public static class OrderFlow
{
    private static readonly string[] CatalogAndShop = ["catalog-api", "webapp"];

    public static ExportTraceServiceRequest Script(
        Guid orderId, DateTimeOffset start, bool isShipped = true, bool isRetried = false, bool isDeclined = false)
    {
        var script = new SpanScript(start);
        var id = orderId.ToString();
        var page = script.Server("webapp", "POST /checkout", 0, 41);
        var call = script.Client("webapp", "POST", 3, 38, page, ("server.port", 5102), ("http.request.method", "POST"));
        var checkout = script.Server("basket-api", "POST /api/basket/checkout", 5, 36, call, 202);
        script.Client("basket-api", "EVAL", 11, 13, checkout, ("db.system.name", "redis"));

        var checkedOut = new Step(script, id, "basket.basket-checked-out", "event", "basket-api", 14, checkout);
        var place = checkedOut.Deliver("ordering-api", "ordering-api", 17, 3, 9);
        script.Client("ordering-api", "orderingdb", 24, 27, place, ("db.system.name", "postgresql"));
        var placed = new Step(script, id, "ordering.order-placed", "event", "ordering-api", 25, place);
        placed.Deliver("webapp", "webapp", 31, 2, 3);
        var reserve = isRetried
            ? placed.DeliverAfterFailure(
                "catalog-api", "catalog-api", 31, retryDelay: 5000, "The product 17 is locked by another reservation.")
            : placed.Deliver("catalog-api", "catalog-api", 31, 2.5, 8);
        var later = isRetried ? 5010 : 0;

        var reserved = new Step(script, id, "catalog.stock-reserved", "event", "catalog-api", 40 + later, reserve);
        var accept = reserved.Deliver("ordering-api", "ordering-api", 43 + later, 2, 5);
        var pay = new Step(script, id, "ordering.take-payment", "command", "ordering-api", 47 + later, accept);
        var charge = pay.Deliver("ordering-api", "ordering.take-payment", 50 + later, 1.4, 12);
        script.Client("ordering-api", "POST payment gateway", 53 + later, 60 + later, charge, ("server.address", "gateway"));
        var ending = isDeclined ? "ordering.order-cancelled" : "ordering.order-paid";
        var paid = new Step(script, id, ending, "event", "ordering-api", 62 + later, charge);
        foreach (var service in CatalogAndShop)
        {
            paid.Deliver(service, service, 66 + later, 2, 4);
        }

        if (isShipped && !isDeclined)
        {
            var ship = script.Server("ordering-api", "POST /api/orders/{id}/ship", 42_000, 42_019);
            var shipped = new Step(script, id, "ordering.order-shipped", "event", "ordering-api", 42_012, ship);
            foreach (var service in CatalogAndShop)
            {
                shipped.Deliver(service, service, 42_016, 3, 5);
            }
        }

        return script.Build();
    }

    /// <summary>A message, beginning with its creation.</summary>
    private sealed class Step
    {
        private readonly SpanScript _script;
        private readonly Message _message;
        private readonly WireSpan _created;
        private readonly double _at;

        public Step(SpanScript script, string orderId, string type, string kind, string from, double at, WireSpan parent)
        {
            _script = script;
            string[] requiredBy = kind == "command"
                ? [type]
                : [type is "basket.basket-checked-out" or "catalog.stock-reserved" ? "ordering-api" : "catalog-api"];
            _message = new Message(type, kind, Guid.NewGuid().ToString(), orderId, orderId, RequiredBy: requiredBy);
            _created = script.Create(from, _message, at, parent);
            _at = at;
            script.Send(from, _message, at + 1, at + 2.5, _created);
        }

        public WireSpan Deliver(string service, string queue, double received, double prefetch, double handler) => _script.Process(
            service, _message, new Handling(queue, _at, _at + 1.1, received, received + prefetch, received + prefetch + handler), _created);

        public WireSpan DeliverAfterFailure(string service, string queue, double received, double retryDelay, string error)
        {
            var first = new Handling(queue, _at, _at + 1.1, received, received + 1, received + 4, "retried", Error: error);
            _script.Process(service, _message, first, _created);
            var at = received + 4 + retryDelay;
            var second = new Handling(queue, _at, _at + 1.1, at, at + 1, at + 9, Attempt: 2, RetryDelay: retryDelay);
            return _script.Process(service, _message, second, _created, asNewTrace: true);
        }
    }
}
