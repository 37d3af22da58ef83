namespace Contracts.Ordering;

/// <summary>
/// Command: give money back. With <see cref="RefundId"/> and <see cref="Amount"/>, this part of the payment, once for each id. Without, all
/// that is left of what was charged for the order, if anything, and charge nothing for it from now on.
/// </summary>
public sealed record RefundPayment(Guid OrderId, Guid? RefundId = null, decimal? Amount = null);
