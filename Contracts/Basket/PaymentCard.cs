namespace Contracts.Basket;

/// <summary>What services may know about a card after checkout: the payment provider's token for it, never its number.</summary>
/// <param name="Brand">For example "Visa"; null when the number does not show it.</param>
public sealed record PaymentCard(string Token, string Last4, string Holder, string? Brand = null);
