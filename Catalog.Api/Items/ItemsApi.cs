using ServiceDefaults.Api;
using ServiceDefaults.Tokens;

namespace Catalog.Api.Items;

internal static class ItemsApi
{
    public static void MapItems(this IEndpointRouteBuilder routes)
    {
        var reads = routes.MapGroup("/api/catalog").WithTags("Items").AllowAnonymous().CacheOutput(Caching.CatalogCachePolicy.Name);
        reads.MapGet("/items", ListItems.HandleAsync).WithSummary("List products")
            .WithDescription("A page of products in name order, or as `sort` says. `api-version` is accepted and means nothing.")
            .WithResponseExample(StatusCodes.Status200OK, ItemExamples.Page);
        reads.MapGet("/items/{id:int}", GetItem.HandleAsync).WithSummary("Read a product")
            .WithDescription("With its type and brand. The entity tag is the product's version.")
            .WithResponseExample(StatusCodes.Status200OK, ItemExamples.Item);
        reads.MapGet("/items/by", GetItemsByIds.HandleAsync).WithSummary("Read several products")
            .WithDescription("Up to 100 at once, in name order; ids that name no product are left out.")
            .WithResponseExample(StatusCodes.Status200OK, ItemExamples.Page.Data);
        reads.MapGet("/items/{id:int}/pic", GetPicture.HandleAsync).WithSummary("The picture of a product")
            .WithDescription("A parcel, while a product has no picture of its own.").Produces(StatusCodes.Status200OK, contentType: "image/webp");
        reads.MapGet("/facets", GetFacets.HandleAsync).WithSummary("Count what filters would leave")
            .WithDescription("Takes the filters of the list. Each choice is counted as if nothing were chosen in its own filter.")
            .WithResponseExample(StatusCodes.Status200OK, ItemExamples.Facets);
        reads.MapGet("/catalogtypes", ListTypes.HandleAsync).WithSummary("List the types of products");
        reads.MapGet("/catalogbrands", ListBrands.HandleAsync).WithSummary("List the brands");

        var writes = routes.MapGroup("/api/catalog").WithTags("Administration").RequireAuthorization(Policies.Admin);
        writes.MapPost("/items", CreateItem.HandleAsync).WithSummary("Add a product")
            .WithDescription("Answers where it can be read, without a body.")
            .WithRequestExample(ItemExamples.Request);
        writes.MapPut("/items/{id:int}", ReviseItem.HandleAsync).WithSummary("Change a product")
            .WithDescription("Price and stock included. With `If-Match`, only if it still has that version.")
            .WithRequestExample(ItemExamples.Request);
        writes.MapPut("/items", ReviseItem.HandleIdInBodyAsync).WithSummary("Change the product whose id is in the body");
        writes.MapDelete("/items/{id:int}", DiscontinueItem.HandleAsync).WithSummary("Stop selling a product")
            .WithDescription("Orders that have it are still shipped.");
    }
}
