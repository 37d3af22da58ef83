using Basket.Api.Checkouts;

namespace Basket.Api.Baskets;

/// <summary>What the OpenAPI document shows. The card is one of the simulated gateway's: it pays.</summary>
internal static class BasketExamples
{
    public static readonly SetQuantity.Request SetQuantity = new(2);

    public static readonly BasketView View = new(
        [new BasketLineView(11, "Harbour Lantern", 39.90m, 34.90m, 2, 25, true, null)], 79.80m, "EUR", 2);

    public static readonly CheckoutRequest Checkout = new(
        "Ada Lovelace",
        "ada@example.com",
        new AddressRequest("1 Harbour Road", "Porto", null, "Portugal", "4000-001"),
        new CardRequest("4242 4242 4242 4242", "Ada Lovelace", "12/40", "123"),
        79.80m);

    public static readonly CheckoutReply CheckedOut = new(Guid.Parse("01990a4e-7d3a-7c2b-9c51-3f0f2b8f9a10"));
}
