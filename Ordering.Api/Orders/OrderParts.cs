namespace Ordering.Api.Orders;

public sealed record OrderLine(int ProductId, string ProductName, decimal UnitPrice, int Quantity);

/// <summary>One entry of the timeline. <see cref="Reason"/> is given where the status alone does not say why.</summary>
public sealed record OrderStep(OrderStatus Status, DateTimeOffset At, string? Reason);

public sealed record OrderAddress(string Street, string City, string? State, string Country, string ZipCode);

/// <summary>What is known of the card: the payment provider's token for it and the four digits a buyer knows it by.</summary>
public sealed record OrderCard(string Token, string Last4, string Holder);
