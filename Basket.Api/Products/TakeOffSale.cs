using Contracts.Catalog;
using EventBus;

namespace Basket.Api.Products;

/// <summary>Marks a product as no longer sold; it stays in the replica, because baskets still contain it.</summary>
public sealed class TakeOffSale(RedisUnitOfWork step) : IMessageHandler<ProductDiscontinued>
{
    public Task HandleAsync(ProductDiscontinued message, MessageContext context, CancellationToken cancellationToken) =>
        ProductStore.ChangeAsync(step, message.ProductId, product => product.Apply(message));
}
