using Catalog.Api.Stock;
using Microsoft.EntityFrameworkCore;

namespace Catalog.Api.Sales;

internal static class SalesCount
{
    /// <summary>Counts the lines of an order that was paid.</summary>
    public static Task CountSoldAsync(this CatalogContext db, Hold hold, CancellationToken cancellationToken) =>
        AddAsync(db, hold, sign: 1, cancellationToken);

    /// <summary>Takes back the lines of an order that was cancelled after it was paid.</summary>
    public static Task CountReturnedAsync(this CatalogContext db, Hold hold, CancellationToken cancellationToken) =>
        AddAsync(db, hold, sign: -1, cancellationToken);

    // In the transaction of the message, so that each message counts exactly once. The order of the rows is the same in all transactions:
    // two that change the same rows wait for each other and cannot deadlock.
    private static async Task AddAsync(CatalogContext db, Hold hold, int sign, CancellationToken cancellationToken)
    {
        var lines = hold.Lines.OrderBy(line => line.ProductId).ToArray();
        var products = Array.ConvertAll(lines, line => line.ProductId);
        var quantities = Array.ConvertAll(lines, line => line.Quantity * sign);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into product_sales (product_id, sold)
            select * from unnest({products}, {quantities}) as line(product_id, quantity) order by product_id
            on conflict (product_id) do update set sold = product_sales.sold + excluded.sold
            """, cancellationToken);
    }
}
