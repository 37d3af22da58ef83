using Basket.Grpc;

namespace WebApp.Storefront.Baskets;

internal static class LineObstacle
{
    /// <summary>Why the line cannot be bought; null when it can.</summary>
    public static string? Obstacle(this BasketLine line) => line switch
    {
        { IsAvailable: false } => "No longer available. Remove it to check out.",
        _ when line.AvailableStock < line.Quantity => $"Only {line.AvailableStock} left; you have {line.Quantity} in your basket.",
        _ => null,
    };
}
