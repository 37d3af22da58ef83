namespace Basket.Api.Checkouts;

public sealed record CheckoutReply(Guid OrderId);
