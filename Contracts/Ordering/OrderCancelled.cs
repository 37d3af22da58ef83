namespace Contracts.Ordering;

/// <summary>
/// The order ended without a shipment. <see cref="ReasonCode"/> is one of <see cref="CancelReasons"/>; <see cref="Reason"/> is a sentence
/// for the buyer, and its wording may change. <see cref="Number"/> is the number that people know, such as SH-48213.
/// </summary>
public sealed record OrderCancelled(
    Guid OrderId, Guid BuyerId, string ReasonCode, string Reason, long Version, string? Number = null);
