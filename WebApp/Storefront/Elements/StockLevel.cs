namespace WebApp.Storefront.Elements;

/// <summary>How the shop shows a number of available pieces.</summary>
public sealed record StockLevel(string Level, string Text)
{
    public static readonly StockLevel Discontinued = new("none", "No longer sold");

    private const int Few = 5;

    public static StockLevel Of(int available) => available switch
    {
        <= 0 => new("none", "Sold out"),
        <= Few => new("low", $"Only {available} left"),
        _ => new("good", "In stock"),
    };
}
