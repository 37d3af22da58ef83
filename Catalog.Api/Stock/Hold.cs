namespace Catalog.Api.Stock;

/// <summary>The stock that is held for an order, and until when.</summary>
public sealed class Hold
{
    public required Guid OrderId { get; init; }
    public required HoldStatus Status { get; set; }
    public required DateTimeOffset ExpiresAt { get; set; }
    public List<HoldLine> Lines { get; init; } = [];

    public bool IsHeld => Status is HoldStatus.Held or HoldStatus.Paid;

    public static Hold Refused(Guid orderId, DateTimeOffset now) =>
        new() { OrderId = orderId, Status = HoldStatus.Rejected, ExpiresAt = now };

    /// <summary>For an order whose cancellation arrived before its placement: the placement will hold nothing.</summary>
    public static Hold CancelledInAdvance(Guid orderId, DateTimeOffset now) =>
        new() { OrderId = orderId, Status = HoldStatus.Cancelled, ExpiresAt = now };
}
