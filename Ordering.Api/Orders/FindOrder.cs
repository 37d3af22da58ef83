using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ServiceDefaults.Text;

namespace Ordering.Api.Orders;

/// <summary>
/// Finds an order by its number and the e-mail address of its checkout, for buyers without an account who changed the browser.
/// </summary>
public static class FindOrder
{
    public sealed record Request(
        [property: Required(ErrorMessage = "Enter the number of the order, for example SH-48213.")]
        [property: StringLength(40, ErrorMessage = "At most {1} characters."), PlainText]
        [property: Description("For example SH-48213; also without the letters.")]
        string? Number,
        [property: Required(ErrorMessage = "Enter the e-mail address of the order.")]
        [property: StringLength(254, ErrorMessage = "At most {1} characters."), PlainText]
        [property: Description("The address that was entered at the checkout.")]
        string? Email);

    public sealed record Response(Guid Id, string Number, [property: Description("For the header Order-Key.")] string Key);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(
        Request request, HttpContext context, OrderingContext db, OrderGuesses guesses, CancellationToken cancellationToken)
    {
        var (number, email) = (OrderNumber.Parse(request.Number), Comparable(request.Email!));

        if (await guesses.CountAsync(ClientNetwork.Of(context), number, email, cancellationToken) is { } wait)
        {
            return OrderProblems.TooManyGuesses(context, wait);
        }

        var order = await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.Number == number, cancellationToken);

        return order is not null && IsSame(Comparable(order.BuyerEmail), email)
            ? TypedResults.Ok(new Response(order.Id, OrderNumber.Format(order.Number), order.AccessKey))
            : OrderProblems.NotFoundByNumber();
    }

    private static string Comparable(string email) => email.Trim().ToNfc().ToUpperInvariant();

    private static bool IsSame(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
