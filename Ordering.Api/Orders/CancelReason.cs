using Contracts.Ordering;

namespace Ordering.Api.Orders;

/// <summary>
/// Why an order is cancelled: a code for programs (<see cref="CancelReasons"/>) and a sentence for the buyer.
/// </summary>
public sealed record CancelReason(string Code, string Text)
{
    public static readonly CancelReason PaymentTimedOut = new(CancelReasons.PaymentTimedOut, "Your payment did not go through in time.");
}
