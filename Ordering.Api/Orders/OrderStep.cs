namespace Ordering.Api.Orders;

/// <summary>One entry of the timeline. <see cref="ReasonCode"/> and <see cref="Reason"/> are set for a cancellation only.</summary>
public sealed record OrderStep(OrderStatus Status, DateTimeOffset At, string? ReasonCode, string? Reason);
