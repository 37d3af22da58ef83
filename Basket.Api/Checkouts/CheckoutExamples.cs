namespace Basket.Api.Checkouts;

/// <summary>Examples for the OpenAPI document. The simulated payment provider accepts this card.</summary>
internal static class CheckoutExamples
{
    public static readonly CheckoutRequest Checkout = new(
        "Ada Lovelace",
        "ada@example.com",
        new AddressRequest("1 Harbour Road", "Porto", null, "Portugal", "4000-001"),
        new CardRequest("4242 4242 4242 4242", "Ada Lovelace", "12/40", "123"),
        79.80m);

    public static readonly CheckoutReply CheckedOut = new(Guid.Parse("01990a4e-7d3a-7c2b-9c51-3f0f2b8f9a10"));
}
