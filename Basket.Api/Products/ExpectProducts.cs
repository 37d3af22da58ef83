using Contracts.Catalog;
using EventBus;

namespace Basket.Api.Products;

/// <summary>Notes how many products Catalog has told of, once it has told of all.</summary>
public sealed class ExpectProducts(RedisUnitOfWork step) : IMessageHandler<ProductsRepublished>
{
    public Task HandleAsync(ProductsRepublished message, MessageContext context, CancellationToken cancellationToken)
    {
        if (message.RequestedBy == Replica.Requester)
        {
            _ = step.Transaction.StringSetAsync(Replica.ExpectedKey, message.Count);
        }

        return Task.CompletedTask;
    }
}
