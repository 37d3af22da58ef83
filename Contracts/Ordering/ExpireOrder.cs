namespace Contracts.Ordering;

/// <summary>Command, sent with a delay: cancel the order if it has not come further than <see cref="ExpectedStatus"/> by now.</summary>
public sealed record ExpireOrder(Guid OrderId, string ExpectedStatus);
