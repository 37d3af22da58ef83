using Microsoft.AspNetCore.Http.HttpResults;

namespace Ordering.Api.Orders;

internal static class OrderProblems
{
    public static ProblemHttpResult Refused(string title, Order order) => TypedResults.Problem(
        statusCode: StatusCodes.Status409Conflict,
        title: title,
        detail: $"It is {order.Status}.",
        extensions: [new("orderStatus", order.Status.ToString())]);

    public static ProblemHttpResult RefundTooHigh(Order order) => TypedResults.Problem(
        statusCode: StatusCodes.Status409Conflict,
        title: "The refund is higher than the payment",
        detail: $"At most {MoneyText.Format(order.Refundable, order.Currency)} of the payment can be refunded.",
        extensions: [new("refundable", order.Refundable)]);

    public static ProblemHttpResult KeyReused() => TypedResults.Problem(
        statusCode: StatusCodes.Status422UnprocessableEntity,
        title: "The key was used before",
        detail: $"This {IdempotencyKey.Header} was used for another refund of the order. Choose a new one.");

    /// <summary>The same for a number that does not exist and for a wrong e-mail address.</summary>
    public static ProblemHttpResult NotFoundByNumber() => TypedResults.Problem(
        statusCode: StatusCodes.Status404NotFound,
        title: "Order not found",
        detail: "There is no order with this number and e-mail address.");

    public static ProblemHttpResult TooManyGuesses(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = $"{Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))}";
        return TypedResults.Problem(
            statusCode: StatusCodes.Status429TooManyRequests,
            title: "Too many attempts",
            detail: "Too many attempts to find an order. Wait a few minutes and try again.");
    }
}
