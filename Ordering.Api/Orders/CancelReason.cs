namespace Ordering.Api.Orders;

/// <summary>
/// Why an order is cancelled: a code for programs (<see cref="Contracts.Ordering.CancelReasons"/>) and a sentence for the buyer.
/// </summary>
public sealed record CancelReason(string Code, string Text);
