using Contracts.Basket;
using Contracts.Ordering;

namespace Ordering.Api.Tests.Orders;

internal static class Checkouts
{
    public static BasketCheckedOut Of(Guid? buyerId = null, string last4 = "4242") => new(
        Guid.CreateVersion7(),
        buyerId ?? Guid.NewGuid(),
        "Ada Buyer",
        "ada@example.com",
        "EUR",
        59.97m,
        [new OrderLine(7, "Trail Lamp", 19.99m, 2), new OrderLine(9, "Summit Rope", 19.99m, 1)],
        new Address("1 Harbour Road", "Porto", State: null, "Portugal", "4000-001"),
        new PaymentCard($"tok_{last4}", last4, "Ada Buyer", "Visa"));
}
