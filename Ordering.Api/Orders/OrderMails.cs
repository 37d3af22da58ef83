using Contracts.Mail;
using Contracts.Ordering;

namespace Ordering.Api.Orders;

/// <summary>The words of the mails about an order. WebApp lays them out and sends them.</summary>
internal static class OrderMails
{
    private const string WhoHasTheLink =
        "With the button below you can follow the order, without an account. Keep this mail to yourself: it lets everyone do that.";

    public static SendMail Paid(Order order) => About(
        order,
        $"Thank you for your order {Number(order)}",
        [
            $"Your payment of {Money(order, order.Total)} by {CardOf(order)} went through, and everything is reserved for you. "
            + "We are packing it now and write again when it is on its way.",
            $"It goes to {AddressOf(order)}.",
            WhoHasTheLink,
        ],
        "See your order",
        [.. LinesOf(order), new MailRow("Delivery", "Free"), new MailRow("Total", Money(order, order.Total), IsTotal: true)]);

    public static SendMail Shipped(Order order) => About(
        order,
        $"Your order {Number(order)} is on its way",
        [
            (order.Carrier, order.TrackingNumber) switch
            {
                (null, _) => "Your parcel has left us and is on its way to you.",
                ({ } carrier, null) => $"{carrier} has your parcel and brings it to you.",
                ({ } carrier, { } tracking) => $"{carrier} has your parcel. Its tracking number is {tracking}.",
            },
            $"It goes to {AddressOf(order)}.",
        ],
        "Follow your order",
        LinesOf(order));

    public static SendMail Cancelled(Order order) => About(
        order,
        $"Your order {Number(order)} is cancelled",
        [ReasonOf(order), MoneyOf(order)],
        "See your order",
        LinesOf(order));

    public static SendMail Refunded(Order order, OrderRefund refund) => About(
        order,
        $"{Money(order, refund.Amount)} of your order {Number(order)} goes back to you",
        [
            refund.Reason,
            $"We have sent {Money(order, refund.Amount)} back to your {CardOf(order)}. Your bank needs a few days to show it.",
        ],
        "See your order",
        [
            new MailRow("Paid", Money(order, order.Total)), new MailRow("Refunded now", Money(order, refund.Amount)),
            new MailRow("Refunded in all", Money(order, order.SentBack), IsTotal: true),
        ]);

    private static SendMail About(
        Order order, string subject, IReadOnlyList<string> paragraphs, string button, IReadOnlyList<MailRow> rows) => new(
        order.Id, order.BuyerEmail, order.BuyerName, subject, paragraphs,
        new MailLink(button, $"/orders/{order.Id}?key={order.AccessKey}"), rows);

    private static string ReasonOf(Order order) => order.CancelReason switch
    {
        { Code: CancelReasons.CancelledByBuyer } => "You cancelled this order.",
        { Code: CancelReasons.CancelledByShop } => "We are sorry: we had to cancel this order.",
        { Code: CancelReasons.PaymentDeclined or CancelReasons.PaymentTimedOut, Text: var reason } =>
            $"{reason} So we cancelled the order. With the button below you can pay again, with another card.",
        { Text: var reason } => $"We are sorry: we had to cancel this order. {reason}",
        _ => "This order is cancelled.",
    };

    private static string MoneyOf(Order order) => order switch
    {
        { WasPaid: true, Unrefunded: 0 } => "The payment was already refunded in full.",
        { WasPaid: true, Refunded: > 0 } => $"The rest of the payment, {Money(order, order.Unrefunded)}, goes back to your "
            + $"{CardOf(order)}. Your bank needs a few days to show it.",
        { WasPaid: true } => $"The payment goes back to your {CardOf(order)}. Your bank needs a few days to show it.",
        { CancelReason.Code: CancelReasons.PaymentDeclined } => "Nothing was charged.",
        _ when order.Timeline.Any(step => step.Status is OrderStatus.StockReserved) =>
            $"If your {CardOf(order)} was charged already, the payment goes back to it.",
        _ => "Nothing was charged.",
    };

    private static List<MailRow> LinesOf(Order order) => [.. order.Lines.Select(
        line => new MailRow($"{line.Quantity} × {line.ProductName}", Money(order, line.UnitPrice * line.Quantity)))];

    private static string AddressOf(Order order) => string.Join(", ", new[]
    {
        order.BuyerName, order.ShippingAddress.Street, $"{order.ShippingAddress.ZipCode} {order.ShippingAddress.City}",
        order.ShippingAddress.State, order.ShippingAddress.Country,
    }.Where(part => !string.IsNullOrWhiteSpace(part)));

    private static string CardOf(Order order) => $"{order.Card.Brand ?? "card"} ending in {order.Card.Last4}";

    private static string Number(Order order) => OrderNumber.Format(order.Number);

    private static string Money(Order order, decimal amount) => MoneyText.Format(amount, order.Currency);
}
