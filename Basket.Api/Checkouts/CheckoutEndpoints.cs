using ServiceDefaults.Api;

namespace Basket.Api.Checkouts;

public static class CheckoutEndpoints
{
    public static void MapCheckouts(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/basket/checkout", CheckOut.HandleAsync).WithTags("Basket")
            .WithName("CheckOut")
            .WithSummary("Order what is in the basket")
            .WithDescription(
                "Answers as soon as the order is stored; Location has the address of the order. "
                + "Repeat a request with the same Idempotency-Key and you get the same order. If expectedTotal is given and the total is "
                + "different now, nothing is ordered (409).")
            .WithIdempotencyKey()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithRequestExample(CheckoutExamples.Checkout).WithResponseExample(StatusCodes.Status202Accepted, CheckoutExamples.CheckedOut);
}
