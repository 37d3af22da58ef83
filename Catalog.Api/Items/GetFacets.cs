using Catalog.Api.Caching;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Catalog.Api.Items;

internal static class GetFacets
{
    public static async Task<Results<TaggedJson<FacetsView>, ValidationProblem>> HandleAsync(
        [AsParameters] ItemQuery query, ItemReads reads, CancellationToken cancellationToken) =>
        new TaggedJson<FacetsView>(await reads.FacetsAsync(query.ToFilter(), cancellationToken), CatalogJson.Plain.FacetsView);
}
