using Contracts.Catalog;
using EventBus;
using WebApp.Storefront.Elements;

namespace WebApp.Push;

public sealed class PushPrice(PageUpdates live) : IMessageHandler<PriceChanged>
{
    public Task HandleAsync(PriceChanged message, MessageContext context, CancellationToken cancellationToken) =>
        live.SendAsync(
            PushHub.ProductGroup(message.ProductId),
            PushMessages.Price,
            [message.ProductId, PriceText.Format(message.NewPrice, message.Currency), PriceText.Plain(message.NewPrice)],
            cancellationToken);
}
