using System.Net.Http.Json;
using Contracts.Catalog;
using Contracts.Mail;
using Contracts.Ordering;

namespace Ordering.Api.Tests.Orders;

/// <summary>The mails about an order: their words, and when they are sent.</summary>
public sealed class OrderMailTests(SharedOrdering shared)
{
    private readonly OrderingApp _app = shared.App;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PaidOrder_IsConfirmedOnce_WithEverythingInIt_AndAKeyThatOpensIt()
    {
        var checkout = await _app.OrderInAsync("Paid");

        var mail = await MailAsync(checkout.OrderId, "Thank you");
        var order = (await _app.As(checkout.BuyerId).SeeAsync(checkout.OrderId))!;

        Assert.Equal(("ada@example.com", "Ada Buyer", checkout.OrderId), (mail.To, mail.Name, mail.About));
        Assert.Contains((string)order["number"]!, mail.Subject, StringComparison.Ordinal);
        var text = string.Join('\n', mail.Paragraphs);
        Assert.Contains("€59.97 by Visa ending in 4242", text, StringComparison.Ordinal);
        Assert.Contains("Ada Buyer, 1 Harbour Road, 4000-001 Porto, Portugal.", text, StringComparison.Ordinal);
        Assert.Equal(
            [
                new("2 × Trail Lamp", "€39.98"), new("1 × Summit Rope", "€19.99"), new("Delivery", "Free"),
                new MailRow("Total", "€59.97", IsTotal: true),
            ],
            mail.Rows);

        var link = mail.Link!.Path.Split("?key=");
        Assert.Equal($"/orders/{checkout.OrderId}", link[0]);
        using var stranger = _app.As(Guid.NewGuid());
        stranger.DefaultRequestHeaders.Add("Order-Key", link[1]);
        Assert.NotNull(await stranger.SeeAsync(checkout.OrderId));

        // A second payment message changes nothing: the mails of one order keep their order, and the next one is the shipment's.
        await _app.World.HandledAsync(_app.Reserve(checkout.OrderId));
        (await _app.AsAdmin().PostAsync($"api/orders/{checkout.OrderId}/ship", content: null, Stop)).EnsureSuccessStatusCode();
        await MailAsync(checkout.OrderId, "on its way");
        Assert.Equal(2, MailsOf(checkout.OrderId).Count);
    }

    [Fact]
    public async Task ShippedOrder_IsAnnounced_WithCarrierAndTrackingNumber()
    {
        var checkout = await _app.OrderInAsync("Paid");

        using var shipped = await _app.AsAdmin().PostAsJsonAsync(
            $"api/orders/{checkout.OrderId}/ship", new { carrier = "DHL", trackingNumber = "0034 0434" }, Stop);

        var mail = await MailAsync(checkout.OrderId, "on its way");
        Assert.Contains("DHL has your parcel. Its tracking number is 0034 0434.", mail.Paragraphs);
    }

    [Theory]
    [InlineData("Submitted", "Nothing was charged.")]
    [InlineData("Paid", "The payment goes back to your Visa ending in 4242. Your bank needs a few days to show it.")]
    public async Task CancelledOrder_IsExplained_WithWhatHappensWithTheMoney(string status, string money)
    {
        var checkout = await _app.OrderInAsync(status);

        (await _app.As(checkout.BuyerId).PostAsync($"api/orders/{checkout.OrderId}/cancel", content: null, Stop)).EnsureSuccessStatusCode();

        Assert.Equal(["You cancelled this order.", money], (await MailAsync(checkout.OrderId, "is cancelled")).Paragraphs);
    }

    [Fact]
    public async Task DeclinedCard_IsExplained_AndOffersToPayAgain()
    {
        var checkout = Checkouts.Of(last4: "0002");
        _app.CheckOut(checkout);
        await _app.World.PublishedAsync<OrderPlaced>(m => m.OrderId == checkout.OrderId);
        _app.Reserve(checkout.OrderId);

        var mail = await MailAsync(checkout.OrderId, "is cancelled");

        Assert.Equal(
            [
                "Your card was declined. So we cancelled the order. With the button below you can pay again, with another card.",
                "Nothing was charged.",
            ],
            mail.Paragraphs);
    }

    [Fact]
    public async Task SoldOutOrder_NamesTheProducts()
    {
        var checkout = await _app.OrderInAsync("Submitted");

        _app.Reject(checkout.OrderId, new StockShortage(7, 2, 1));

        var mail = await MailAsync(checkout.OrderId, "is cancelled");
        Assert.Equal("We are sorry: we had to cancel this order. Not enough stock: Trail Lamp (2 wanted, 1 left).", mail.Paragraphs[0]);
    }

    private Task<SendMail> MailAsync(Guid order, string subject) =>
        _app.World.PublishedAsync<SendMail>(mail => mail.About == order && mail.Subject.Contains(subject, StringComparison.Ordinal));

    private List<SendMail> MailsOf(Guid order) => [.. _app.World.Broker.Published<SendMail>().Where(mail => mail.About == order)];
}
