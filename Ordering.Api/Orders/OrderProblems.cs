using Microsoft.AspNetCore.Http.HttpResults;

namespace Ordering.Api.Orders;

internal static class OrderProblems
{
    public static ProblemHttpResult Refused(string title, Order order) => TypedResults.Problem(
        statusCode: StatusCodes.Status409Conflict,
        title: title,
        detail: $"It is {order.Status}.",
        extensions: [new("orderStatus", order.Status.ToString())]);
}
