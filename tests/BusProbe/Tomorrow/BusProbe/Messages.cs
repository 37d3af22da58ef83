namespace BusProbe.Tomorrow.BusProbe;

/// <summary>Tomorrow's <c>bus-probe.order-changed</c>: one optional member more.</summary>
public sealed record OrderChanged(int OrderId, long Version, string? Note = null);

/// <summary>Tomorrow's <c>bus-probe.stock-taken</c>: one optional member more.</summary>
public sealed record StockTaken(int OrderId, long Version, string? Note = null);
