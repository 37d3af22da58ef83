using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Catalog.Api.Caching;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Catalog.Api.Items;

internal static class ListRelatedItems
{
    private const int DefaultCount = 6;

    public static async Task<Results<TaggedJson<IReadOnlyList<ItemView>>, ValidationProblem>> HandleAsync(
        [Range(1, ProductIds.Highest)] int id,
        [Range(1, 24), Description("The highest number of products, 1 to 24. Default: 6.")] int? count,
        ItemReads reads, CancellationToken cancellationToken) =>
        new TaggedJson<IReadOnlyList<ItemView>>(
            await reads.RelatedAsync(id, count ?? DefaultCount, cancellationToken), CatalogJson.Plain.IReadOnlyListItemView);
}
