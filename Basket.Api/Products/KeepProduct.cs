using Contracts.Catalog;
using EventBus;

namespace Basket.Api.Products;

/// <summary>Takes over a product's full state, of new products too.</summary>
public sealed class KeepProduct(RedisUnitOfWork step) : IMessageHandler<ProductChanged>
{
    public Task HandleAsync(ProductChanged message, MessageContext context, CancellationToken cancellationToken) =>
        ProductStore.ChangeAsync(step, message.ProductId, product => product.Apply(message));
}
