namespace Catalog.Api.Stock;

/// <summary>What Catalog keeps of an order: which stock is held for it, and until when.</summary>
public sealed class Hold
{
    public required Guid OrderId { get; init; }
    public required HoldStatus Status { get; set; }
    public required DateTimeOffset ExpiresAt { get; set; }
    public List<HoldLine> Lines { get; init; } = [];

    public bool IsHeld => Status is HoldStatus.Held or HoldStatus.Paid;

    public static Hold Refused(Guid orderId, DateTimeOffset now) => new() { OrderId = orderId, Status = HoldStatus.Rejected, ExpiresAt = now };

    /// <summary>The order was cancelled before it was heard of: should it be heard of later, nothing is held.</summary>
    public static Hold CancelledInAdvance(Guid orderId, DateTimeOffset now) =>
        new() { OrderId = orderId, Status = HoldStatus.Cancelled, ExpiresAt = now };
}

public sealed class HoldLine
{
    public required int ProductId { get; init; }
    public required int Quantity { get; init; }
}

public enum HoldStatus
{
    /// <summary>Held until it expires.</summary>
    Held,

    /// <summary>Held until shipped or cancelled: money was taken.</summary>
    Paid,

    /// <summary>Given back because nobody paid in time.</summary>
    Expired,

    Cancelled,
    Shipped,

    /// <summary>There was not enough of at least one line; nothing was held.</summary>
    Rejected,
}
