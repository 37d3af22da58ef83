using Catalog.Api.Caching;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults;

namespace Catalog.Api.Items;

internal static class GetItem
{
    public static async Task<Results<TaggedJson<ItemView>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        int id, ItemReads reads, CancellationToken cancellationToken)
    {
        if (id < 1)
        {
            var faults = new Faults();
            faults.Add("id", $"must be 1 or more; it is {id}.");
            return faults.ToProblem();
        }

        return await reads.FindAsync(id, cancellationToken) is { } item
            ? new TaggedJson<ItemView>(item, CatalogJson.Plain.ItemView, ItemVersion.TagOf(item.Version))
            : ItemProblems.NotFound(id);
    }
}
