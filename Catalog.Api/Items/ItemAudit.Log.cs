namespace Catalog.Api.Items;

public sealed partial class ItemAudit
{
    [LoggerMessage(
        EventName = "ProductCreated", Level = LogLevel.Information, Message = "User {UserId} created product {ProductId}")]
    private partial void LogCreated(Guid userId, int productId);

    [LoggerMessage(
        EventName = "ProductChanged", Level = LogLevel.Information, Message = "User {UserId} changed product {ProductId}")]
    private partial void LogChanged(Guid userId, int productId);

    [LoggerMessage(
        EventName = "PriceChanged", Level = LogLevel.Information,
        Message = "User {UserId} changed the price of product {ProductId} from {OldPrice} to {NewPrice}")]
    private partial void LogPriceChanged(Guid userId, int productId, decimal oldPrice, decimal newPrice);

    [LoggerMessage(
        EventName = "StockChanged", Level = LogLevel.Information,
        Message = "User {UserId} set the available stock of product {ProductId} to {AvailableStock}")]
    private partial void LogStockChanged(Guid userId, int productId, int availableStock);

    [LoggerMessage(
        EventName = "PictureChanged", Level = LogLevel.Information, Message = "User {UserId} changed the picture of product {ProductId}")]
    private partial void LogPictureChanged(Guid userId, int productId);

    [LoggerMessage(
        EventName = "ProductDiscontinued", Level = LogLevel.Information, Message = "User {UserId} discontinued product {ProductId}")]
    private partial void LogDiscontinued(Guid userId, int productId);
}
