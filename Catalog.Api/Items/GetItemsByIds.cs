using System.ComponentModel.DataAnnotations;
using Catalog.Api.Caching;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Catalog.Api.Items;

internal static class GetItemsByIds
{
    public static async Task<Results<TaggedJson<IReadOnlyList<ItemView>>, ValidationProblem>> HandleAsync(
        [MaxLength(ItemQuery.MaxIds)] int[] ids, ItemReads reads, CancellationToken cancellationToken) =>
        new TaggedJson<IReadOnlyList<ItemView>>(await reads.ByIdsAsync(ids, cancellationToken), CatalogJson.Plain.IReadOnlyListItemView);
}
