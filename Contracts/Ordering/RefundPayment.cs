namespace Contracts.Ordering;

/// <summary>Command: give back what was charged for the order, if anything, and charge nothing for it from now on.</summary>
public sealed record RefundPayment(Guid OrderId);
