using Contracts.Catalog;
using EventBus;
using Microsoft.AspNetCore.SignalR;
using WebApp.Components.Elements;

namespace WebApp.Live;

public sealed class PushPrice(IHubContext<LiveHub> hub) : IMessageHandler<PriceChanged>
{
    public Task HandleAsync(PriceChanged message, MessageContext context, CancellationToken cancellationToken) =>
        hub.Clients.Group(LiveHub.ProductGroup(message.ProductId)).SendAsync(
            LiveMessages.Price,
            message.ProductId,
            PriceText.Format(message.NewPrice, message.Currency),
            PriceText.Plain(message.NewPrice),
            cancellationToken);
}
