using System.Diagnostics;
using Contracts.Catalog;

namespace Catalog.Api.Items;

internal static class ProductEvents
{
    public static void PublishChange(this CatalogContext db, object change)
    {
        switch (change)
        {
            case ProductChanged changed:
                db.Publish(changed);
                break;
            case PriceChanged repriced:
                db.Publish(repriced);
                break;
            case StockLevelChanged restocked:
                db.Publish(restocked);
                break;
            default:
                throw new UnreachableException($"{change.GetType().Name} is not a change of a product.");
        }
    }
}
