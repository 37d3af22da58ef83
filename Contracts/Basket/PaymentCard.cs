namespace Contracts.Basket;

/// <summary>What services may know about a card after checkout: the payment provider's token for it, never its number.</summary>
public sealed record PaymentCard(string Token, string Last4, string Holder);
