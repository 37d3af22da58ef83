using Contracts.Catalog;
using EventBus;
using WebApp.Components.Elements;

namespace WebApp.Live;

public sealed class PushStock(LivePush live) : IMessageHandler<StockLevelChanged>, IMessageHandler<ProductDiscontinued>
{
    public Task HandleAsync(StockLevelChanged message, MessageContext context, CancellationToken cancellationToken) =>
        SendAsync(message.ProductId, StockLevel.Of(message.AvailableStock), cancellationToken);

    public Task HandleAsync(ProductDiscontinued message, MessageContext context, CancellationToken cancellationToken) =>
        SendAsync(message.ProductId, StockLevel.Discontinued, cancellationToken);

    private Task SendAsync(int productId, StockLevel level, CancellationToken cancellationToken) =>
        live.SendAsync(LiveHub.ProductGroup(productId), LiveMessages.Stock, [productId, level.Level, level.Text], cancellationToken);
}
