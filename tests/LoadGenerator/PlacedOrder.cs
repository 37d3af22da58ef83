namespace LoadGenerator;

/// <summary>An order that the shop accepted, with the token of its buyer.</summary>
internal sealed record PlacedOrder(Guid Id, string Token);
