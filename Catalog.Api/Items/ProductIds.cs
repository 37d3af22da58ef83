using Microsoft.EntityFrameworkCore;

namespace Catalog.Api.Items;

/// <summary>Ids of new products. They are taken before the insert, because the event that tells of the product names it.</summary>
internal static class ProductIds
{
    public const string Sequence = "product_ids";

    /// <summary>The id that was asked for, or the next free one. The sequence never falls behind ids that clients chose.</summary>
    public static async Task<int> TakeAsync(CatalogContext db, int? wanted, CancellationToken cancellationToken)
    {
        if (wanted is not { } id)
        {
            return (int)await db.Database.SqlQuery<long>($"select nextval('product_ids') as \"Value\"").SingleAsync(cancellationToken);
        }

        await RaiseToAsync(db, id, cancellationToken);
        return id;
    }

    public static Task RaiseToAsync(CatalogContext db, int id, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select setval('product_ids', greatest({id}, (select last_value from product_ids)))", cancellationToken);
}
