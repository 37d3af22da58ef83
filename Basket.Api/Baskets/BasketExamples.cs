namespace Basket.Api.Baskets;

/// <summary>Examples for the OpenAPI document.</summary>
internal static class BasketExamples
{
    public static readonly AddItem.Request AddItem = new(11, 2);

    public static readonly SetQuantity.Request SetQuantity = new(2);

    public static readonly BasketView View = new(
        [new BasketLineView(11, "Harbour Lantern", 39.90m, 34.90m, 2, 25, true, null)], 79.80m, "EUR", 2);
}
