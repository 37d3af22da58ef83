using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Catalog.Api.Caching;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using NpgsqlTypes;

namespace Catalog.Api.Changes;

/// <summary>
/// The feed that fills a replica. It contains each product once, at its last change, ordered by the transaction of the change. Only
/// transactions older than every running one are included: none of them can commit late, behind the reader's position. The cost: the feed
/// waits for long transactions.
/// </summary>
internal static class ListChanges
{
    private const int DefaultLimit = 100;
    private const int HighestLimit = 1000;

    public static async Task<Results<TaggedJson<ChangesView>, ValidationProblem>> HandleAsync(
        [Description("The `next` of the previous answer. Left out: the beginning.")] ChangePosition? after,
        [Range(1, HighestLimit), Description("The highest number of products, 1 to 1000. Default: 100.")] int? limit,
        CatalogReads reads,
        CancellationToken cancellationToken) => new TaggedJson<ChangesView>(
            await reads.RunAsync(
                (connection, cancellation) => ReadAsync(connection, after ?? default, limit ?? DefaultLimit, cancellation),
                cancellationToken),
            CatalogJson.Plain.ChangesView);

    private static async Task<ChangesView> ReadAsync(
        NpgsqlConnection connection, ChangePosition after, int limit, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select p.changed_in, p.id, p.name, p.description, p.price, p.currency, b.name, t.name,
                   case when p.discontinued_at is null then p.on_hand - p.reserved else 0 end, p.discontinued_at is not null, p.version
            from products p join product_types t on t.id = p.type_id join brands b on b.id = p.brand_id
            where (p.changed_in, p.id) > ($1, $2) and p.changed_in < pg_snapshot_xmin(pg_current_snapshot())
            order by p.changed_in, p.id
            limit $3
            """, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = after.ChangedIn, NpgsqlDbType = NpgsqlDbType.Xid8 });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = after.ProductId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit + 1 });

        var changes = new List<ProductState>();
        var next = after;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (changes.Count < limit && await reader.ReadAsync(cancellationToken))
        {
            next = new ChangePosition(reader.GetFieldValue<ulong>(0), reader.GetInt32(1));
            changes.Add(new ProductState(
                next.ProductId, reader.GetString(2), reader.GetString(3), reader.GetDecimal(4), reader.GetString(5), reader.GetString(6),
                reader.GetString(7), reader.GetInt32(8), reader.GetBoolean(9), reader.GetInt64(10)));
        }

        var hasMore = changes.Count == limit && await reader.ReadAsync(cancellationToken);
        return new ChangesView(changes, next.ToString(), hasMore);
    }
}
