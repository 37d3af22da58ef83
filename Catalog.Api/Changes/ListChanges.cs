using System.ComponentModel;
using System.Globalization;
using Catalog.Api.Caching;
using Catalog.Api.Items;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using NpgsqlTypes;
using ServiceDefaults;

namespace Catalog.Api.Changes;

/// <summary>
/// The feed that fills a replica. A product stands in it once, at its last change. Rows are ordered by the transaction that wrote them,
/// and only transactions older than every running one are told: none of those can commit late and appear behind the reader's back.
/// The price: while one transaction runs for long, the feed stands still.
/// </summary>
internal static class ListChanges
{
    private const int DefaultLimit = 100;
    private const int HighestLimit = 1000;

    public static async Task<Results<TaggedJson<ChangesView>, ValidationProblem>> HandleAsync(
        [Description("The `next` of the answer before; left out: from the beginning.")] string? after,
        [Description("How many at most, 1 to 1000. Default: 100.")] string? limit,
        [FromKeyedServices(CatalogData.Reads)] NpgsqlDataSource database,
        CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var take = DefaultLimit;
        if (!string.IsNullOrEmpty(limit)
            && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out take) || take is < 1 or > HighestLimit))
        {
            faults.Add("limit", $"must be a whole number between 1 and {HighestLimit}.");
        }

        if (!ChangePosition.TryParse(after, out var position))
        {
            faults.Add("after", "must be the 'next' of an earlier answer, or left out.");
        }

        return faults.Any
            ? faults.ToProblem()
            : new TaggedJson<ChangesView>(await ReadAsync(database, position, take, cancellationToken), CatalogJson.Plain.ChangesView);
    }

    private static async Task<ChangesView> ReadAsync(
        NpgsqlDataSource database, ChangePosition after, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select p.changed_in, p.id, p.name, p.description, p.price, p.currency, b.name, t.name,
                   case when p.discontinued_at is null then p.on_hand - p.reserved else 0 end, p.discontinued_at is not null, p.version
            from products p join product_types t on t.id = p.type_id join brands b on b.id = p.brand_id
            where (p.changed_in, p.id) > ($1, $2) and p.changed_in < pg_snapshot_xmin(pg_current_snapshot())
            order by p.changed_in, p.id
            limit $3
            """);
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
