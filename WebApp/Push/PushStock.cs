using Contracts.Catalog;
using EventBus;
using WebApp.Storefront.Elements;

namespace WebApp.Push;

public sealed class PushStock(PageUpdates live) : IMessageHandler<StockLevelChanged>, IMessageHandler<ProductDiscontinued>
{
    public Task HandleAsync(StockLevelChanged message, MessageContext context, CancellationToken cancellationToken) =>
        SendAsync(message.ProductId, StockLevel.Of(message.AvailableStock), cancellationToken);

    public Task HandleAsync(ProductDiscontinued message, MessageContext context, CancellationToken cancellationToken) =>
        SendAsync(message.ProductId, StockLevel.Discontinued, cancellationToken);

    private Task SendAsync(int productId, StockLevel level, CancellationToken cancellationToken) =>
        live.SendAsync(PushHub.ProductGroup(productId), PushMessages.Stock, [productId, level.Level, level.Text], cancellationToken);
}
