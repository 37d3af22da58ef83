using Contracts.Catalog;
using EventBus;

namespace Basket.Api.Products;

/// <summary>
/// Takes over a price. It shows in every open basket at once: a line remembers only the price that its buyer has seen, and is shown
/// with today's.
/// </summary>
public sealed class Reprice(RedisUnitOfWork step) : IMessageHandler<PriceChanged>
{
    public Task HandleAsync(PriceChanged message, MessageContext context, CancellationToken cancellationToken) =>
        ProductStore.ChangeAsync(step, message.ProductId, product => product.Apply(message));
}
