namespace Ordering.Api.Payments;

/// <summary>A charge in the data of the simulated provider; separate from the shop's payments, as with a real provider.</summary>
public sealed class SimulatedCharge
{
    public required Guid OrderId { get; init; }

    public required decimal Amount { get; init; }

    /// <summary>The sum of the refunds of parts, <see cref="SimulatedRefund"/>.</summary>
    public decimal Refunded { get; init; }

    public required string Currency { get; init; }

    public required string Reference { get; init; }

    /// <summary>How often the charge of this order failed for a temporary reason.</summary>
    public int Failures { get; init; }

    public bool Charged { get; init; }

    public bool Cancelled { get; init; }
}
