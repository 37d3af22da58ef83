using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Catalog.Api.Items;

/// <summary>Ids of new products. They are taken before the insert, because the event that announces the product contains its id.</summary>
internal static class ProductIds
{
    public const string Sequence = "product_ids";

    // nextval: reached maximum value of sequence
    private const string SequenceEnded = "2200H";

    /// <summary>The highest id that a client may choose, and the end of the sequence.</summary>
    public const int Highest = 1_000_000_000;

    /// <summary>The requested id, or the next free one above all ids that were taken; null if no id is left above them.</summary>
    public static async Task<int?> TakeAsync(CatalogContext db, int? requested, CancellationToken cancellationToken)
    {
        if (requested is { } id and > 0)
        {
            await RaiseToAsync(db, id, cancellationToken);
            return id;
        }

        try
        {
            return (int)await db.Database.SqlQuery<long>($"select next_product_id() as \"Value\"").SingleAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == SequenceEnded)
        {
            return null;
        }
    }

    /// <summary>Makes the sequence continue above <paramref name="id"/>. Never lowers it, whatever others take at the same time.</summary>
    public static Task RaiseToAsync(CatalogContext db, int id, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select raise_product_ids({id})", cancellationToken);
}
