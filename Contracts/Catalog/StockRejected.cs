namespace Contracts.Catalog;

/// <summary>At least one line cannot be met, so nothing is held back. <see cref="Lines"/> lists the lines that failed.</summary>
public sealed record StockRejected(Guid OrderId, IReadOnlyList<StockShortage> Lines);

public sealed record StockShortage(int ProductId, int Requested, int Available);
