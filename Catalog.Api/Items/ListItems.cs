using Catalog.Api.Caching;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Catalog.Api.Items;

internal static class ListItems
{
    public static async Task<Results<TaggedJson<PageView>, ValidationProblem>> HandleAsync(
        [AsParameters] ItemQuery query, ItemReads reads, CancellationToken cancellationToken) =>
        new TaggedJson<PageView>(await reads.ListAsync(query.ToFilter(), cancellationToken), CatalogJson.Plain.PageView);
}
