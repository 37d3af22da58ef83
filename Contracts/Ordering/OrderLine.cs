namespace Contracts.Ordering;

/// <summary>One product of an order, with the name and the price at checkout.</summary>
public sealed record OrderLine(int ProductId, string ProductName, decimal UnitPrice, int Quantity);
