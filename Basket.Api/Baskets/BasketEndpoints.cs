using System.Security.Claims;
using Basket.Api.Checkouts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using ServiceDefaults.Api;

namespace Basket.Api.Baskets;

public static class BasketEndpoints
{
    public static IEndpointRouteBuilder MapBaskets(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/basket").WithTags("Basket")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

        group.MapGet("", ViewAsync)
            .WithSummary("The basket of the token's owner").WithDescription("With today's prices and availability.")
            .WithResponseExample(StatusCodes.Status200OK, BasketExamples.View);
        group.MapPut("items/{productId:int}", SetQuantityAsync)
            .WithSummary("Put a product into the basket, or change its quantity").WithDescription("1 to 99 of up to 50 products.")
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithRequestExample(BasketExamples.SetQuantity).WithResponseExample(StatusCodes.Status200OK, BasketExamples.View);
        group.MapDelete("items/{productId:int}", RemoveAsync)
            .WithSummary("Take a product out of the basket").WithDescription("Also succeeds when it is not there.");
        group.MapDelete("", ClearAsync)
            .WithSummary("Empty the basket");
        group.MapPost("checkout", CheckOutAsync)
            .WithSummary("Order what is in the basket")
            .WithDescription(
                "Answers as soon as the order is safely noted; follow it at Location. A repeat with the same Idempotency-Key answers the same order. " +
                "With expectedTotal, nothing is ordered at another total than that (409).")
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithRequestExample(BasketExamples.Checkout).WithResponseExample(StatusCodes.Status202Accepted, BasketExamples.CheckedOut);

        return routes;
    }

    private static async Task<Ok<BasketView>> ViewAsync(ClaimsPrincipal user, ViewBasket view) =>
        TypedResults.Ok(await view.RunAsync(Buyer.From(user)));

    private static async Task<Results<Ok<BasketView>, ProblemHttpResult>> SetQuantityAsync(
        int productId, SetQuantity.Request request, ClaimsPrincipal user, SetQuantity setQuantity)
    {
        var outcome = await setQuantity.RunAsync(Buyer.From(user), productId, request);
        return outcome.IsRefused ? outcome.Refusal.ToProblem() : TypedResults.Ok(outcome.Value);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(int productId, ClaimsPrincipal user, RemoveItem remove)
    {
        var outcome = await remove.RunAsync(Buyer.From(user), productId);
        return outcome.IsRefused ? outcome.Refusal.ToProblem() : TypedResults.NoContent();
    }

    private static async Task<NoContent> ClearAsync(ClaimsPrincipal user, ClearBasket clear)
    {
        await clear.RunAsync(Buyer.From(user));
        return TypedResults.NoContent();
    }

    private static async Task<Results<Accepted<CheckoutReply>, ProblemHttpResult>> CheckOutAsync(
        CheckoutRequest request,
        [FromHeader(Name = CheckOut.KeyHeader)] string? idempotencyKey,
        ClaimsPrincipal user,
        CheckOut checkOut,
        IOptions<CheckoutOptions> options,
        CancellationToken cancellationToken)
    {
        var outcome = await checkOut.RunAsync(Buyer.From(user), idempotencyKey, request, cancellationToken);
        return outcome.IsRefused
            ? outcome.Refusal.ToProblem()
            : TypedResults.Accepted(new Uri(options.Value.OrdersUrl!, $"/api/orders/{outcome.Value.OrderId}"), outcome.Value);
    }
}
