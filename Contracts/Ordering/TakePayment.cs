namespace Contracts.Ordering;

/// <summary>Command: charge the card behind the token once, with the order's id as idempotency key.</summary>
public sealed record TakePayment(Guid OrderId, decimal Amount, string Currency, string CardToken);
