using System.Data;
using Catalog.Api.Pictures;
using Npgsql;

namespace Catalog.Api.Items;

/// <summary>
/// The reads that clients ask for most, as hand-written SQL: one round trip, prepared by the driver, and no object that is not in the
/// answer. Changes go through <see cref="CatalogContext"/>.
/// </summary>
public sealed class ItemReads(CatalogReads reads, PictureFiles pictures)
{
    /// <summary>What <see cref="ReadItemsAsync"/> reads, in its order.</summary>
    internal const string Columns =
        "id, name, description, price, currency, picture_file_name, type_id, brand_id, on_hand - reserved, version, is_featured";

    private const string Live = "from products where discontinued_at is null";

    public async Task<PageView> ListAsync(ItemFilter filter, CancellationToken cancellationToken) =>
        (await SearchAsync(filter, cancellationToken)).Page;

    /// <summary>The page, and the search that found it if the words were misspelled.</summary>
    public Task<(PageView Page, string? Corrected)> SearchAsync(ItemFilter filter, CancellationToken cancellationToken) => reads.RunAsync(
        (connection, cancellation) => ItemSearch.RunAsync(
            connection, filter,
            async (level, found) =>
            {
                var page = await ListAsync(connection, found, level, cancellation);
                return (page, page.Count > 0 ? Correction(filter, found) : null);
            },
            answer => answer.page.Count > 0, cancellation),
        cancellationToken);

    public Task<FacetsView> FacetsAsync(ItemFilter filter, CancellationToken cancellationToken) => reads.RunAsync(
        (connection, cancellation) => ItemSearch.RunAsync(
            connection, filter,
            async (level, found) =>
            {
                var facets = await FacetQuery.RunAsync(connection, found, level, cancellation);
                return facets with { CorrectedName = facets.Count > 0 ? Correction(filter, found) : null };
            },
            facets => facets.Count > 0, cancellation),
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

    /// <summary>
    /// Products that fit to one: of its type or brand, with a price near its own, and in stock. The price makes the lists of a type differ.
    /// </summary>
    public Task<IReadOnlyList<ItemView>> RelatedAsync(int id, int count, CancellationToken cancellationToken) => reads.RunAsync(
        async (connection, cancellation) =>
        {
            await using var command = new NpgsqlCommand(
                $"""
                with this as (select type_id, brand_id, price from products where id = $1)
                select {Columns}
                from products cross join lateral (
                    select 2 * (products.type_id = this.type_id)::int + (products.brand_id = this.brand_id)::int
                        - abs(ln((products.price + 1) / (this.price + 1))) as score
                    from this where products.type_id = this.type_id or products.brand_id = this.brand_id) fit
                where discontinued_at is null and on_hand > reserved and id <> $1
                order by score desc, id
                limit $2
                """, connection);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = id });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            return await ReadItemsAsync(reader, count, cancellation);
        },
        cancellationToken);

    private static string? Correction(ItemFilter asked, ItemFilter found) => found.Search == asked.Search ? null : found.Search?.Text;

    private async Task<ItemView?> FindAsync(NpgsqlConnection connection, int id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select p.id, p.name, p.description, p.price, p.currency, p.picture_file_name, p.type_id, p.brand_id, p.on_hand - p.reserved,
                   p.version, p.is_featured, t.name, b.name
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
            CatalogType = new TypeView(item.CatalogTypeId, reader.GetString(11)),
            CatalogBrand = new BrandView(item.CatalogBrandId, reader.GetString(12)),
        };
    }

    private async Task<PageView> ListAsync(
        NpgsqlConnection connection, ItemFilter filter, SearchLevel level, CancellationToken cancellationToken)
    {
        var count = new SqlText($"select count(*) {Live}").AppendFilter(filter, level);
        var rows = new SqlText($"select {Columns} {Live}").AppendFilter(filter, level).AppendOrder(filter)
            .Append(" limit ").Add(filter.PageSize)
            .Append(" offset ").Add((long)filter.PageIndex * filter.PageSize);

        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { count.ToBatchCommand(), rows.ToBatchCommand() } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var total = reader.GetInt64(0);
        await reader.NextResultAsync(cancellationToken);
        return new PageView(filter.PageIndex, filter.PageSize, total, await ReadItemsAsync(reader, filter.PageSize, cancellationToken));
    }

    internal async Task<IReadOnlyList<ItemView>> ReadItemsAsync(
        NpgsqlDataReader reader, int capacity, CancellationToken cancellationToken)
    {
        var items = new List<ItemView>(capacity);
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(ReadItem(reader));
        }

        return items;
    }

    private ItemView ReadItem(NpgsqlDataReader row) => new(
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
        row.GetInt64(9),
        pictures.VersionOf(row.IsDBNull(5) ? null : row.GetString(5)),
        row.GetBoolean(10));
}
