using Catalog.Api.Caching;
using ServiceDefaults.Api;
using ServiceDefaults.Tokens;

namespace Catalog.Api.Items;

internal static class ItemEndpoints
{
    public static void MapItems(this IEndpointRouteBuilder routes)
    {
        var reads = routes.MapGroup("/api/catalog").WithTags("Items").AllowAnonymous().CacheUntilChange()
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)));
        reads.MapGet("/items", ListItems.HandleAsync)
            .WithName("ListItems").WithSummary("List products")
            .WithDescription(
                "A page of products, ordered by `sort`. `api-version` is accepted and has no effect: these are the v2 routes of " +
                "dotnet/eShop's catalog, so that its clients work.")
            .WithResponseExample(StatusCodes.Status200OK, ItemExamples.Page);
        reads.MapGet("/items/{id:int}", GetItem.HandleAsync)
            .WithName("GetItem").WithSummary("Read a product")
            .WithDescription("Includes type and brand. The entity tag is the product's version.")
            .WithResponseExample(StatusCodes.Status200OK, ItemExamples.Item)
            .ProducesProblem(StatusCodes.Status404NotFound);
        reads.MapGet("/items/by", GetItemsByIds.HandleAsync)
            .WithName("GetItemsByIds").WithSummary("Read several products")
            .WithDescription("Up to 100 products, ordered by name. Ids without a product are left out.")
            .WithResponseExample(StatusCodes.Status200OK, ItemExamples.Page.Data);
        reads.MapGet("/items/{id:int}/related", ListRelatedItems.HandleAsync)
            .WithName("ListRelatedItems").WithSummary("List products related to a product")
            .WithDescription(
                "Products in stock of the same type or brand, those with a similar price first; none if there is no product with this id.")
            .WithResponseExample(StatusCodes.Status200OK, ItemExamples.Page.Data);
        reads.MapGet("/items/withsemanticrelevance", ListItemsByRelevance.HandleAsync)
            .WithName("ListItemsByRelevance").WithSummary("Search products")
            .WithDescription(
                "A page of products, ordered by relevance. A route of dotnet/eShop's catalog; our own search answers, which forgives " +
                "typing errors.")
            .WithResponseExample(StatusCodes.Status200OK, ItemExamples.Page);
        reads.MapGet("/facets", GetFacets.HandleAsync)
            .WithName("GetFacets").WithSummary("Count products by filter")
            .WithDescription("Takes the filters of the list. Each choice is counted without its own filter.")
            .WithResponseExample(StatusCodes.Status200OK, ItemExamples.Facets);
        reads.MapGet("/catalogtypes", ListTypes.HandleAsync)
            .WithName("ListTypes").WithSummary("List the types of products");
        reads.MapGet("/catalogbrands", ListBrands.HandleAsync)
            .WithName("ListBrands").WithSummary("List the brands");

        var writes = routes.MapGroup("/api/catalog").WithTags("Administration").RequireAuthorization(Policies.Admin);
        writes.MapPost("/items", CreateItem.HandleAsync)
            .WithName("CreateItem").WithSummary("Add a product")
            .WithDescription("Answers 201 without a body; `Location` is the address of the product.")
            .WithRequestExample(ItemExamples.Request)
            .ProducesProblem(StatusCodes.Status409Conflict);
        writes.MapPut("/items/{id:int}", ReviseItem.HandleAsync)
            .WithName("ReviseItem").WithSummary("Change a product")
            .WithDescription(
                "Changes price and stock too. With `If-Match`, only if the product still has that version. The entity tag of the answer " +
                "is the new version.")
            .WithRequestExample(ItemExamples.Request)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        writes.MapPut("/items", ReviseItem.HandleIdInBodyAsync)
            .WithName("ReviseItemByIdInBody").WithSummary("Change the product whose id is in the body")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        writes.MapDelete("/items/{id:int}", DiscontinueItem.HandleAsync)
            .WithName("DiscontinueItem").WithSummary("Stop selling a product")
            .WithDescription("Existing orders of the product are still shipped.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }
}
