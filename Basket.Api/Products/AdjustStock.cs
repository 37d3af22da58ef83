using Contracts.Catalog;
using EventBus;

namespace Basket.Api.Products;

/// <summary>Keeps how much can still be bought.</summary>
public sealed class AdjustStock(RedisUnitOfWork step) : IMessageHandler<StockLevelChanged>
{
    public Task HandleAsync(StockLevelChanged message, MessageContext context, CancellationToken cancellationToken) =>
        ProductStore.ChangeAsync(step, message.ProductId, product => product.Apply(message));
}
