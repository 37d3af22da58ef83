namespace Ordering.Api.Orders;

/// <summary>Money of an order that goes back to the buyer.</summary>
public sealed class OrderRefund
{
    public required Guid RefundId { get; init; }

    public required decimal Amount { get; init; }

    /// <summary>A sentence for the buyer.</summary>
    public required string Reason { get; init; }

    /// <summary>The key of the request, by which a repeat is recognised; null for the refund of a cancellation.</summary>
    public required string? IdempotencyKey { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public RefundStatus Status { get; set; }
}
