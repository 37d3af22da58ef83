using Catalog.Api.Caching;
using Catalog.Api.Items;
using ServiceDefaults.Api;

namespace Catalog.Api.Highlights;

internal static class HighlightEndpoints
{
    public static void MapHighlights(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/catalog/highlights", GetHighlights.HandleAsync).WithTags("Highlights").AllowAnonymous()
            .CacheUntilChange()
            .WithName("GetHighlights")
            .WithSummary("List products for a front page")
            .WithDescription(
                "Three featured products, or the newest if none is featured, and up to six each that are nearly gone, sold most, and " +
                "new. No product is in two lists.")
            .WithResponseExample(StatusCodes.Status200OK, new HighlightsView([ItemExamples.Page.Data[0]], [], [], []))
            .Produces(StatusCodes.Status304NotModified);
}
