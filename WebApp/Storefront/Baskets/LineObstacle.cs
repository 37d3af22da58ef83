using Basket.Grpc;

namespace WebApp.Storefront.Baskets;

internal static class LineObstacle
{
    /// <summary>Why the line cannot be bought; null when it can.</summary>
    public static string? Obstacle(this BasketLine line) => line switch
    {
        { IsAvailable: false } => line.HasNotice ? line.Notice : "Sold out.",
        _ when line.AvailableStock < line.Quantity => $"Only {line.AvailableStock} left; you have {line.Quantity} in your basket.",
        _ => null,
    };

    /// <summary>Whether all of the basket can be ordered as it is.</summary>
    public static bool IsBuyable(this BasketView basket) => basket.Lines.All(line => line.Obstacle() is null);
}
