using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Contracts.Ordering;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Text;

namespace Ordering.Api.Orders;

public static class ShipOrder
{
    internal const int LongestCarrier = 60;
    internal const int LongestTrackingNumber = 40;

    public sealed record Request(
        [property: StringLength(LongestCarrier, ErrorMessage = "At most {1} characters."), PlainText]
        [property: Description("Who delivers the parcel, for example DHL. Default: none, the shop delivers it itself.")]
        string? Carrier = null,
        [property: StringLength(LongestTrackingNumber, ErrorMessage = "At most {1} characters.")]
        [property: RegularExpression("^[A-Za-z0-9 ./-]*$", ErrorMessage = "A tracking number has letters, digits, spaces and dashes only.")]
        string? TrackingNumber = null) : IValidatableObject
    {
        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (string.IsNullOrWhiteSpace(Carrier) && !string.IsNullOrWhiteSpace(TrackingNumber))
            {
                yield return new ValidationResult("Enter the carrier that the tracking number belongs to.", [nameof(Carrier)]);
            }
        }
    }

    internal static async Task<Results<Ok<OrderView>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Request? request, ClaimsPrincipal user, OrderingContext db, OrderAudit audit, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var (order, transition) = await db.ChangeOrderAsync(
            id, _ => true, order => Ship(db, order, request, user.GetUserId(), clock.GetUtcNow()), cancellationToken);
        if (order is not null && transition is Transition.Made)
        {
            audit.Shipped(user.GetUserId(), order.Id);
        }

        return (order, transition) switch
        {
            (null, _) => TypedResults.NotFound(),
            (_, Transition.Made) => TypedResults.Ok(OrderView.Of(order)),
            _ => OrderProblems.Refused("The order cannot be shipped", order),
        };
    }

    private static Transition Ship(OrderingContext db, Order order, Request? request, Guid userId, DateTimeOffset now)
    {
        var transition = order.Ship(TextOf(request?.Carrier), TextOf(request?.TrackingNumber), now);

        if (transition is Transition.Made)
        {
            db.Publish(new OrderShipped(order.Id, order.BuyerId, order.Version, OrderNumber.Format(order.Number)));
            db.Send(OrderMails.Shipped(order));
            db.Send(OrderActions.Shipped(userId, order));
        }

        return transition;
    }

    private static string? TextOf(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim().ToNfc();
}
