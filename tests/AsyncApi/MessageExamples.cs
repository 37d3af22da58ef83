using Contracts.Audit;
using Contracts.Basket;
using Contracts.Catalog;
using Contracts.Identity;
using Contracts.Mail;
using Contracts.Ordering;

namespace AsyncApi;

/// <summary>The examples in the document: one message of each type, all about the same order.</summary>
internal static class MessageExamples
{
    private const string Number = "SH-48213";

    private static readonly Guid Buyer = new("0192f7c4-5b1e-7a3d-9c11-3f6f1d2a7b01");
    private static readonly Guid Order = new("0192f7c4-6d20-7e55-8a42-91c0b7d4e802");
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static readonly object[] Messages =
    [
        new RecordAction(
            new Guid("0192f7c4-3c5e-7f10-a6d2-7b8e9f0a1c05"), "product.price-changed", "7", "Trail Lamp", "24.99 → 19.99 EUR"),
        new BasketCheckedOut(
            Order, Buyer, "Ada Buyer", "ada@example.com", "EUR", 59.97m,
            [new OrderLine(7, "Trail Lamp", 19.99m, 2), new OrderLine(9, "Summit Rope", 19.99m, 1)],
            new Address("1 Harbour Road", "Porto", State: null, "Portugal", "4000-001"),
            new PaymentCard("tok_4242", "4242", "Ada Buyer", "Visa")),
        new PriceChanged(7, 24.99m, 19.99m, "EUR", 4),
        new ProductChanged(7, "Trail Lamp", "A lamp for long evenings.", 19.99m, "EUR", "Daybird", "Lamps", 56, 4),
        new ProductDiscontinued(7, 9),
        new StockLevelChanged(7, 54, 5),
        new StockRejected(Order, [new StockShortage(7, 2, 1)]),
        new StockReserved(Order, Noon.AddMinutes(30)),
        new GuestAdopted(new Guid("0192f7c4-4a0d-7c2b-8e30-5d1e9f7c6a03"), Buyer),
        new MailPasswordLink(new Guid("0192f7c4-4a0d-7c2b-8e30-5d1e9f7c6a04"), "ada@example.com"),
        new UserChanged(Buyer, "ada@example.com", "Ada Buyer", 2),
        new UserDeleted(Buyer),
        new UserRegistered(Buyer, "ada@example.com", "Ada Buyer"),
        new SendMail(
            Order, "ada@example.com", "Ada Buyer", "Your order SH-48213", ["Thank you for your order.", "We send it in two days."],
            new MailLink("See your order", $"/orders/{Order}"), [new MailRow("2 × Trail Lamp", "€39.98"), new MailRow("Total", "€59.97")]),
        new ExpireOrder(Order, "Submitted"),
        new OrderCancelled(Order, Buyer, CancelReasons.PaymentDeclined, "Your card was declined.", 3, Number),
        new OrderPaid(Order, Buyer, 59.97m, "EUR", 3, Number),
        new OrderPlaced(
            Order, Buyer, 59.97m, "EUR", [new OrderLine(7, "Trail Lamp", 19.99m, 2), new OrderLine(9, "Summit Rope", 19.99m, 1)], 1,
            Number),
        new OrderRefunded(Order, Buyer, 20.00m, 20.00m, "EUR", 5, Number),
        new OrderShipped(Order, Buyer, 4, Number),
        new OrderStockReserved(Order, Buyer, 2),
        new RefundPayment(Order, new Guid("0192f7c4-9b31-7d1e-8b12-2a4c6e8f0a04"), 20.00m),
        new TakePayment(Order, 59.97m, "EUR", "tok_4242"),
    ];

    public static object Of(Type type) => Array.Find(Messages, message => message.GetType() == type)
        ?? throw new InvalidOperationException($"{nameof(MessageExamples)} has no example of {type}.");
}
