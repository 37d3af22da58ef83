namespace Ordering.Api.Payments;

/// <summary>A line of the simulated provider's own books, kept apart from the shop's payments as a real provider's would be.</summary>
public sealed class SimulatedCharge
{
    public required Guid OrderId { get; init; }

    public required decimal Amount { get; init; }

    public required string Currency { get; init; }

    public required string Reference { get; init; }

    /// <summary>How often this order's charge failed for a reason that passes.</summary>
    public int Failures { get; init; }

    public bool Charged { get; init; }

    public bool Cancelled { get; init; }
}
