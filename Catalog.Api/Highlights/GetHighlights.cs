using Catalog.Api.Caching;
using Catalog.Api.Items;
using Npgsql;

namespace Catalog.Api.Highlights;

internal static class GetHighlights
{
    private const int Featured = 3;
    private const int PerList = 6;
    private const int FewPieces = 10;

    // Enough for each list when all others have taken theirs.
    private const int Candidates = Featured + (3 * PerList);

    public static async Task<TaggedJson<HighlightsView>> HandleAsync(
        CatalogReads reads, ItemReads items, CancellationToken cancellationToken) =>
        new(await reads.RunAsync(
            (connection, cancellation) => ReadAsync(connection, items, cancellation), cancellationToken), CatalogJson.Plain.HighlightsView);

    private static async Task<HighlightsView> ReadAsync(NpgsqlConnection connection, ItemReads items, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Select("", "order by is_featured desc, created_at desc, id desc"),
                Select($"and on_hand - reserved <= {FewPieces}", "order by on_hand - reserved, id"),
                Select("and sold > 0", "order by sold desc, id", "join product_sales on product_id = id"),
                Select("", "order by created_at desc, id desc"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);

        var shown = new HashSet<int>();
        return new HighlightsView(
            await TakeAsync(Featured), await TakeAsync(PerList), await TakeAsync(PerList), await TakeAsync(PerList));

        async Task<IReadOnlyList<ItemView>> TakeAsync(int count)
        {
            var list = (await items.ReadItemsAsync(reader, Candidates, cancellationToken)).Where(item => !shown.Contains(item.Id))
                .Take(count).ToList();
            shown.UnionWith(list.Select(item => item.Id));
            await reader.NextResultAsync(cancellationToken);
            return list;
        }
    }

    private static NpgsqlBatchCommand Select(string condition, string order, string join = "") => new(
        $"select {ItemReads.Columns} from products {join} where discontinued_at is null and on_hand > reserved {condition} {order} " +
        $"limit {Candidates}");
}
