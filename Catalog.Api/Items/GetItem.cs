using System.ComponentModel.DataAnnotations;
using Catalog.Api.Caching;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Catalog.Api.Items;

internal static class GetItem
{
    public static async Task<Results<TaggedJson<ItemView>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        [Range(1, int.MaxValue)] int id, ItemReads reads, CancellationToken cancellationToken) =>
        await reads.FindAsync(id, cancellationToken) is { } item
            ? new TaggedJson<ItemView>(item, CatalogJson.Plain.ItemView, ItemVersion.TagOf(item.Version))
            : ItemProblems.NotFound(id);
}
