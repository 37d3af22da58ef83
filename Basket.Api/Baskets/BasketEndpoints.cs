using ServiceDefaults.Api;

namespace Basket.Api.Baskets;

public static class BasketEndpoints
{
    public static void MapBaskets(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/basket").WithTags("Basket");

        group.MapGet("", ViewBasket.HandleAsync)
            .WithName("ViewBasket")
            .WithSummary("Your basket")
                .WithDescription("With the current prices and availability. The access token says whose basket it is.")
            .WithResponseExample(StatusCodes.Status200OK, BasketExamples.View);
        group.MapPost("items", AddItem.HandleAsync)
            .WithName("AddItem")
            .WithSummary("Add a product to the basket")
            .WithDescription(
                "Adds to the quantity that is already in the basket. Simultaneous requests all count. "
                + "At most 99 of one product, 50 products.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithRequestExample(BasketExamples.AddItem).WithResponseExample(StatusCodes.Status200OK, BasketExamples.View);
        group.MapPut("items/{productId:int}", SetQuantity.HandleAsync)
            .WithName("SetQuantity")
            .WithSummary("Set the quantity of a product")
            .WithDescription("Adds the product if it is not in the basket. 1 to 99 of one product, at most 50 products.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithRequestExample(BasketExamples.SetQuantity).WithResponseExample(StatusCodes.Status200OK, BasketExamples.View);
        group.MapDelete("items/{productId:int}", RemoveItem.HandleAsync)
            .WithName("RemoveItem")
            .WithSummary("Remove a product from the basket").WithDescription("Succeeds as well when the product is not in the basket.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("", ClearBasket.HandleAsync)
            .WithName("ClearBasket")
            .WithSummary("Empty the basket");
    }
}
