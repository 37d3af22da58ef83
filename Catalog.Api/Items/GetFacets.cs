using Catalog.Api.Caching;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults;

namespace Catalog.Api.Items;

internal static class GetFacets
{
    public static async Task<Results<TaggedJson<FacetsView>, ValidationProblem>> HandleAsync(
        [AsParameters] ItemQuery query, ItemReads reads, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var filter = ItemFilter.From(query, faults);
        return !faults.Any
            ? new TaggedJson<FacetsView>(await reads.FacetsAsync(filter, cancellationToken), CatalogJson.Plain.FacetsView)
            : faults.ToProblem();
    }
}
