using Contracts.Catalog;
using EventBus;

namespace Basket.Api.Products;

/// <summary>
/// Keeps the new price. Every open basket shows it at once: a line stores only the price that its buyer has seen, and is shown with the
/// current one.
/// </summary>
public sealed class Reprice(RedisUnitOfWork step) : IMessageHandler<PriceChanged>
{
    public Task HandleAsync(PriceChanged message, MessageContext context, CancellationToken cancellationToken) =>
        ProductStore.ChangeAsync(step, message.ProductId, product => product.Apply(message));
}
