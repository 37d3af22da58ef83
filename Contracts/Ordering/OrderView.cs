namespace Contracts.Ordering;

/// <summary>An order as its buyer sees it. <see cref="Status"/> is Submitted, StockReserved, Paid, Shipped or Cancelled.</summary>
public sealed record OrderView(
    Guid Id,
    string Status,
    decimal Total,
    string Currency,
    IReadOnlyList<OrderedLine> Lines,
    IReadOnlyList<OrderStepView> Timeline);

public sealed record OrderStepView(string Status, DateTimeOffset At, string? Reason);

/// <summary>One page of orders. <see cref="Count"/> is of all pages together.</summary>
public sealed record OrderPage(int PageIndex, int PageSize, long Count, IReadOnlyList<OrderView> Data);
