using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Catalog.Api.Caching;
using Catalog.Api.Items;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Catalog.Api.Suggestions;

internal static class SuggestProducts
{
    private const int MostProducts = 6;

    public static async Task<Results<TaggedJson<SuggestionsView>, ValidationProblem>> HandleAsync(
        [StringLength(ItemRules.NameLength), SearchableText]
        [Description("What was typed up to now. Without a letter or a digit, nothing is suggested.")] string? text,
        ItemReads reads, CancellationToken cancellationToken) =>
        new TaggedJson<SuggestionsView>(
            string.IsNullOrWhiteSpace(text) ? new SuggestionsView(null, []) : await FindAsync(text, reads, cancellationToken),
            CatalogJson.Plain.SuggestionsView);

    private static async Task<SuggestionsView> FindAsync(string text, ItemReads reads, CancellationToken cancellationToken)
    {
        var (page, corrected) = await reads.SearchAsync(ItemQuery.For(text, 0, MostProducts).ToFilter(), cancellationToken);
        return new SuggestionsView(
            page.Count > 0 ? corrected : null,
            [.. page.Data.Select(item => new SuggestionView(
                item.Id, item.Name, item.Price, item.Currency, item.AvailableStock > 0, item.PictureVersion))]);
    }
}
