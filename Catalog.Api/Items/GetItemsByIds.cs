using Catalog.Api.Caching;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ServiceDefaults;

namespace Catalog.Api.Items;

internal static class GetItemsByIds
{
    public static async Task<Results<TaggedJson<IReadOnlyList<ItemView>>, ValidationProblem>> HandleAsync(
        [FromQuery] string[]? ids, ItemReads reads, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var wanted = ItemFilter.Ids(ids, "ids", faults);
        return !faults.Any
            ? new TaggedJson<IReadOnlyList<ItemView>>(await reads.ByIdsAsync(wanted, cancellationToken), CatalogJson.Plain.IReadOnlyListItemView)
            : faults.ToProblem();
    }
}
