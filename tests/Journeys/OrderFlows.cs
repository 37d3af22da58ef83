using Flows.Testing;

namespace Journeys;

internal static class OrderFlows
{
    /// <param name="order">The address of the order: <c>/api/orders/{id}</c>.</param>
    public static FlowQuery OfOrder(this FlowsClient flows, Uri order, CancellationToken cancellationToken) =>
        flows.Of(order.OriginalString.Split('/')[^1], cancellationToken);
}
