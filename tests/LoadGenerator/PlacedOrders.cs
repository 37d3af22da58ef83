using System.Collections.Concurrent;

namespace LoadGenerator;

/// <summary>All orders that the shop accepted in this run.</summary>
internal sealed class PlacedOrders
{
    private readonly ConcurrentQueue<PlacedOrder> _orders = new();

    public IReadOnlyCollection<PlacedOrder> All => _orders;

    public void Add(PlacedOrder order) => _orders.Enqueue(order);
}
