using Catalog.Api.Caching;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults;

namespace Catalog.Api.Items;

internal static class ListItems
{
    public static async Task<Results<TaggedJson<PageView>, ValidationProblem>> HandleAsync(
        [AsParameters] ItemQuery query, ItemReads reads, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var filter = ItemFilter.From(query, faults);
        return !faults.Any
            ? new TaggedJson<PageView>(await reads.ListAsync(filter, cancellationToken), CatalogJson.Plain.PageView)
            : faults.ToProblem();
    }
}
