using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Catalog.Api.Caching;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Catalog.Api.Items;

/// <summary>A route of eShop's contract, where a language model finds what is meant. Here, the search of the list answers.</summary>
internal static class ListItemsByRelevance
{
    public static async Task<Results<TaggedJson<PageView>, ValidationProblem>> HandleAsync(
        [StringLength(ItemRules.NameLength), SearchableText, Description("What to search for.")] string? text,
        [Range(0, ItemQuery.MaxPageIndex), Description("The page, from 0. Default: 0.")] int? pageIndex,
        [Range(1, ItemQuery.MaxPageSize), Description("Products per page, 1 to 100. Default: 10.")] int? pageSize,
        ItemReads reads, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["text"] = ["Enter what to search for."] });
        }

        var page = await reads.ListAsync(ItemQuery.For(text, pageIndex, pageSize).ToFilter(), cancellationToken);
        return new TaggedJson<PageView>(page, CatalogJson.Plain.PageView);
    }
}
