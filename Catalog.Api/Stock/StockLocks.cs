using Catalog.Api.Items;
using Microsoft.EntityFrameworkCore;

namespace Catalog.Api.Stock;

/// <summary>
/// Locks rows in one order: the hold first, then its products by id. Two transactions with the same rows wait for each other and cannot
/// deadlock.
/// </summary>
internal static class StockLocks
{
    public static Task<Hold?> LockHoldAsync(this CatalogContext db, Guid orderId, CancellationToken cancellationToken) =>
        db.Holds.FromSql($"select * from holds where order_id = {orderId} for update").SingleOrDefaultAsync(cancellationToken);

    public static Task<List<Hold>> LockExpiredHoldsAsync(
        this CatalogContext db, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        db.Holds.FromSql(
            $"""
            select * from holds where status = 'Held' and expires_at <= {now}
            order by expires_at limit {limit} for update skip locked
            """).ToListAsync(cancellationToken);

    public static Task<Dictionary<int, Product>> LockProductsAsync(
        this CatalogContext db, IEnumerable<int> ids, CancellationToken cancellationToken)
    {
        var distinct = ids.Distinct().ToArray();
        return db.Products.FromSql($"select * from products where id = any({distinct}) order by id for update")
            .ToDictionaryAsync(product => product.Id, cancellationToken);
    }

    /// <summary>Releases the stock of these holds and publishes the new stock levels.</summary>
    public static async Task ReleaseAsync(
        this CatalogContext db, IReadOnlyCollection<Hold> holds, HoldStatus status, CancellationToken cancellationToken)
    {
        var products = await db.LockProductsAsync(holds.SelectMany(hold => hold.Lines).Select(line => line.ProductId), cancellationToken);
        foreach (var hold in holds)
        {
            hold.Status = status;
            foreach (var line in hold.Lines)
            {
                db.Publish(products[line.ProductId].Release(line.Quantity));
            }
        }
    }
}
