using Contracts.Catalog;
using EventBus;
using WebApp.Components.Elements;

namespace WebApp.Live;

public sealed class PushPrice(LivePush live) : IMessageHandler<PriceChanged>
{
    public Task HandleAsync(PriceChanged message, MessageContext context, CancellationToken cancellationToken) =>
        live.SendAsync(
            LiveHub.ProductGroup(message.ProductId),
            LiveMessages.Price,
            [message.ProductId, PriceText.Format(message.NewPrice, message.Currency), PriceText.Plain(message.NewPrice)],
            cancellationToken);
}
