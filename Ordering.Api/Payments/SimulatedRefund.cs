namespace Ordering.Api.Payments;

/// <summary>A refund of a part of a charge in the data of the simulated provider.</summary>
public sealed class SimulatedRefund
{
    public required Guid RefundId { get; init; }

    public required Guid OrderId { get; init; }

    public required decimal Amount { get; init; }

    public required string Currency { get; init; }
}
