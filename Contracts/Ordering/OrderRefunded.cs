namespace Contracts.Ordering;

/// <summary>
/// The payment provider gave money back: <see cref="Amount"/> now, <see cref="RefundedTotal"/> with all refunds of the order so far. The
/// status of the order is the same as before.
/// </summary>
public sealed record OrderRefunded(
    Guid OrderId, Guid BuyerId, decimal Amount, decimal RefundedTotal, string Currency, long Version, string? Number = null);
