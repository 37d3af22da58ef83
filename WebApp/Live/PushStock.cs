using Contracts.Catalog;
using EventBus;
using Microsoft.AspNetCore.SignalR;
using WebApp.Components.Elements;

namespace WebApp.Live;

public sealed class PushStock(IHubContext<LiveHub> hub) : IMessageHandler<StockLevelChanged>, IMessageHandler<ProductDiscontinued>
{
    public Task HandleAsync(StockLevelChanged message, MessageContext context, CancellationToken cancellationToken) =>
        SendAsync(message.ProductId, StockLevel.Of(message.AvailableStock), cancellationToken);

    public Task HandleAsync(ProductDiscontinued message, MessageContext context, CancellationToken cancellationToken) =>
        SendAsync(message.ProductId, StockLevel.Discontinued, cancellationToken);

    private Task SendAsync(int productId, StockLevel level, CancellationToken cancellationToken) =>
        hub.Clients.Group(LiveHub.ProductGroup(productId)).SendAsync(LiveMessages.Stock, productId, level.Level, level.Text, cancellationToken);
}
