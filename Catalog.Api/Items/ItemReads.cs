using System.Data;
using Npgsql;

namespace Catalog.Api.Items;

/// <summary>
/// The reads that clients ask for most, as hand-written SQL: one round trip, prepared by the driver, and no object that is not in the
/// answer. Changes go through <see cref="CatalogContext"/>.
/// </summary>
public sealed class ItemReads(CatalogReads reads)
{
    private const string Columns =
        "id, name, description, price, currency, picture_file_name, type_id, brand_id, on_hand - reserved, version";

    private const string Live = "from products where discontinued_at is null";

    public Task<PageView> ListAsync(ItemFilter filter, CancellationToken cancellationToken) => reads.RunAsync(
        (connection, cancellation) => ItemSearch.RunAsync(
            connection, filter, (level, found) => ListAsync(connection, found, level, cancellation), page => page.Count > 0, cancellation),
        cancellationToken);

    public Task<FacetsView> FacetsAsync(ItemFilter filter, CancellationToken cancellationToken) => reads.RunAsync(
        (connection, cancellation) => ItemSearch.RunAsync(
            connection, filter, (level, found) => FacetQuery.RunAsync(connection, found, level, cancellation), facets => facets.Count > 0,
            cancellation),
        cancellationToken);

    public Task<ItemView?> FindAsync(int id, CancellationToken cancellationToken) =>
        reads.RunAsync((connection, cancellation) => FindAsync(connection, id, cancellation), cancellationToken);

    public Task<IReadOnlyList<ItemView>> ByIdsAsync(int[] ids, CancellationToken cancellationToken) => reads.RunAsync(
        async (connection, cancellation) =>
        {
            await using var command = new NpgsqlCommand($"select {Columns} {Live} and id = any($1) order by name, id", connection);
            command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = ids });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            return await ReadItemsAsync(reader, ids.Length, cancellation);
        },
        cancellationToken);

    /// <summary>The file name of a product's picture; empty if it has none, null if the product does not exist.</summary>
    public Task<string?> FindPictureAsync(int id, CancellationToken cancellationToken) => reads.RunAsync(
        async (connection, cancellation) =>
        {
            await using var command = new NpgsqlCommand($"select coalesce(picture_file_name, '') {Live} and id = $1", connection);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = id });
            return (string?)await command.ExecuteScalarAsync(cancellation);
        },
        cancellationToken);

    private static async Task<ItemView?> FindAsync(NpgsqlConnection connection, int id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select p.id, p.name, p.description, p.price, p.currency, p.picture_file_name, p.type_id, p.brand_id, p.on_hand - p.reserved,
                   p.version, t.name, b.name
            from products p join product_types t on t.id = p.type_id join brands b on b.id = p.brand_id
            where p.id = $1 and p.discontinued_at is null
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var item = ReadItem(reader);
        return item with
        {
            CatalogType = new TypeView(item.CatalogTypeId, reader.GetString(10)),
            CatalogBrand = new BrandView(item.CatalogBrandId, reader.GetString(11)),
        };
    }

    private static async Task<PageView> ListAsync(
        NpgsqlConnection connection, ItemFilter filter, SearchLevel level, CancellationToken cancellationToken)
    {
        var count = new SqlText($"select count(*) {Live}").AppendFilter(filter, level);
        var rows = new SqlText($"select {Columns} {Live}").AppendFilter(filter, level)
            .Append(filter.Order switch
            {
                ItemOrder.Price => " order by price, id",
                ItemOrder.PriceDescending => " order by price desc, id desc",
                ItemOrder.Newest => " order by created_at desc, id desc",
                _ => " order by name, id",
            })
            .Append(" limit ").Add(filter.PageSize)
            .Append(" offset ").Add((long)filter.PageIndex * filter.PageSize);

        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { count.ToBatchCommand(), rows.ToBatchCommand() } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var total = reader.GetInt64(0);
        await reader.NextResultAsync(cancellationToken);
        return new PageView(filter.PageIndex, filter.PageSize, total, await ReadItemsAsync(reader, filter.PageSize, cancellationToken));
    }

    private static async Task<IReadOnlyList<ItemView>> ReadItemsAsync(
        NpgsqlDataReader reader, int capacity, CancellationToken cancellationToken)
    {
        var items = new List<ItemView>(capacity);
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(ReadItem(reader));
        }

        return items;
    }

    private static ItemView ReadItem(NpgsqlDataReader row) => new(
        row.GetInt32(0),
        row.GetString(1),
        row.GetString(2),
        row.GetDecimal(3),
        row.GetString(4),
        row.IsDBNull(5) ? null : row.GetString(5),
        row.GetInt32(6),
        null,
        row.GetInt32(7),
        null,
        row.GetInt32(8),
        row.GetInt64(9));
}
