using Contracts.Catalog;
using EventBus;
using Microsoft.EntityFrameworkCore;

namespace Catalog.Api.Items;

/// <summary>
/// Publishes the state of every product again, for a replica that starts empty. A subscriber skips versions that it has handled.
/// </summary>
public sealed class RepublishAll(CatalogContext db) : IMessageHandler<RepublishProducts>
{
    private const int BatchSize = 500;

    public async Task HandleAsync(RepublishProducts request, MessageContext context, CancellationToken cancellationToken)
    {
        var types = await db.ProductTypes.AsNoTracking().ToDictionaryAsync(type => type.Id, cancellationToken);
        var brands = await db.Brands.AsNoTracking().ToDictionaryAsync(brand => brand.Id, cancellationToken);
        var count = 0;
        var last = 0;
        List<Product> batch;
        do
        {
            batch = await db.Products.AsNoTracking().Where(product => product.DiscontinuedAt == null && product.Id > last)
                .OrderBy(product => product.Id).Take(BatchSize).ToListAsync(cancellationToken);
            foreach (var product in batch)
            {
                db.Publish(product.State(types[product.TypeId], brands[product.BrandId]));
                last = product.Id;
            }

            count += batch.Count;
        }
        while (batch.Count == BatchSize);

        db.Publish(new ProductsRepublished(request.RequestedBy, count));
    }
}
