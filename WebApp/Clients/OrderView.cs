using Contracts.Ordering;

namespace WebApp.Clients;

/// <param name="CancelReasonCode">
/// One of <see cref="CancelReasons"/>, or one that was added later; null unless the order is cancelled.
/// </param>
/// <param name="CancelReason">The same as a sentence for the buyer.</param>
public sealed record OrderView(
    Guid Id,
    OrderStatus Status,
    decimal Total,
    string Currency,
    IReadOnlyList<OrderLine> Lines,
    IReadOnlyList<OrderStep> Timeline,
    string? CancelReasonCode = null,
    string? CancelReason = null)
{
    public DateTimeOffset PlacedAt => Timeline.Count > 0 ? Timeline[0].At : DateTimeOffset.MinValue;

    public bool CanBeCancelled => Status is not (OrderStatus.Shipped or OrderStatus.Cancelled);

    public bool IsSettled => !CanBeCancelled;

    public bool Reached(OrderStatus status) => Timeline.Any(step => step.Status == status);
}
