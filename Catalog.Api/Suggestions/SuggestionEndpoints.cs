using Catalog.Api.Caching;
using ServiceDefaults.Api;

namespace Catalog.Api.Suggestions;

internal static class SuggestionEndpoints
{
    public static void MapSuggestions(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/catalog/suggestions", SuggestProducts.HandleAsync).WithTags("Suggestions").AllowAnonymous()
            .CacheUntilChange()
            .WithName("SuggestProducts")
            .WithSummary("Suggest products for a search")
            .WithDescription("For a search field: up to six products while the search is being typed. Typing errors are forgiven.")
            .WithResponseExample(StatusCodes.Status200OK, new SuggestionsView(
                "teapot", [new SuggestionView(2, "Sunday Teapot", 42.00m, "EUR", IsInStock: true, "5f0c2a9be1d47733")]))
            .Produces(StatusCodes.Status304NotModified);
}
