using Contracts.Catalog;
using EventBus;

namespace Basket.Api.Products;

/// <summary>Keeps the full state of a product, also of a new one.</summary>
public sealed class KeepProduct(RedisUnitOfWork step) : IMessageHandler<ProductChanged>
{
    public Task HandleAsync(ProductChanged message, MessageContext context, CancellationToken cancellationToken) =>
        ProductStore.ChangeAsync(step, message.ProductId, product => product.Apply(message));
}
