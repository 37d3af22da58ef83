using Npgsql;

namespace Catalog.Api.Items;

/// <summary>
/// Counts the products that each choice of a filter would leave. A choice is counted without its own filter, so that a client can show the
/// alternatives next to it.
/// </summary>
internal static class FacetQuery
{
    private const string Live = "from products where discontinued_at is null";

    public static async Task<FacetsView> RunAsync(
        NpgsqlConnection connection, ItemFilter filter, SearchLevel level, CancellationToken cancellationToken)
    {
        var total = new SqlText($"select count(*) {Live}").AppendFilter(filter, level);
        var types = ChoicesOf("product_types", "type_id", filter.Types, filter with { Types = [] }, level);
        var brands = ChoicesOf("brands", "brand_id", filter.Brands, filter with { Brands = [] }, level);
        var prices = new SqlText($"select min(price), max(price) {Live}")
            .AppendFilter(filter with { MinPrice = null, MaxPrice = null }, level);
        var stock = new SqlText($"select count(*) filter (where on_hand > reserved), count(*) filter (where on_hand = reserved) {Live}")
            .AppendFilter(filter with { InStock = null }, level);

        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                total.ToBatchCommand(), types.ToBatchCommand(), brands.ToBatchCommand(), prices.ToBatchCommand(), stock.ToBatchCommand(),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var count = reader.GetInt64(0);
        var typeFacets = await NextAsync(
            reader, row => new TypeFacet(
                row.GetInt32(0), row.GetString(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetDecimal(3)), cancellationToken);
        var brandFacets = await NextAsync(
            reader, row => new BrandFacet(row.GetInt32(0), row.GetString(1), row.GetInt64(2)), cancellationToken);
        var price = await NextAsync(reader, Price, cancellationToken);
        var inStock = await NextAsync(reader, row => new StockFacet(row.GetInt64(0), row.GetInt64(1)), cancellationToken);
        return new FacetsView(count, typeFacets, brandFacets, price[0], inStock[0], CorrectedName: null);
    }

    // A chosen one without products is included: otherwise a client could neither show nor remove it.
    private static SqlText ChoicesOf(string table, string column, int[] chosen, ItemFilter others, SearchLevel level) =>
        new SqlText(
            $"select n.id, n.name, coalesce(c.count, 0), c.lowest " +
            $"from {table} n left join (select {column}, count(*), min(price) as lowest {Live}")
            .AppendFilter(others, level)
            .Append($" group by {column}) c on c.{column} = n.id where c.count > 0 or n.id = any(").Add(chosen).Append(") order by n.name");

    private static PriceFacet? Price(NpgsqlDataReader row) =>
        row.IsDBNull(0) ? null : new PriceFacet(row.GetDecimal(0), row.GetDecimal(1), Product.ShopCurrency);

    private static async Task<List<T>> NextAsync<T>(
        NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
