using System.ComponentModel;

namespace Ordering.Api.Orders;

public sealed record PaymentMethodView(
    [property: Description("For example Visa. Null when the number of the card did not show it.")] string? Brand, string Last4);
