namespace BusProbe;

/// <summary>
/// Step <paramref name="Version"/> of an order; without a version on the envelope, so that nothing but the bus keeps the order.
/// </summary>
public sealed record OrderChanged(int OrderId, long Version);

/// <summary>Follows from each <see cref="OrderChanged"/>, written in the transaction that handles it.</summary>
public sealed record StockTaken(int OrderId, long Version);

/// <summary>Sent with the first step of an order.</summary>
public sealed record ChargeOrder(int OrderId);
