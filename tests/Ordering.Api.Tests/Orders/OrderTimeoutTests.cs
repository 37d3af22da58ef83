using Contracts.Mail;
using Contracts.Ordering;
using Microsoft.Extensions.DependencyInjection;
using Ordering.Api.Payments;

namespace Ordering.Api.Tests.Orders;

public sealed class OrderTimeoutTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_WithoutAnAnswerFromCatalog_IsCancelled()
    {
        await using var app = await OrderingApp.StartAsync(Stop, settings: ("Orders:Timeouts:Submitted", "00:00:00.500"));

        var checkout = await app.OrderInAsync("Submitted");

        var order = await app.ReachesAsync(checkout, "Cancelled");
        Assert.Equal(
            (CancelReasons.StockTimedOut, "We could not check in time whether everything is in stock."),
            ((string)order["cancelReasonCode"]!, (string)order["cancelReason"]!));
        await app.World.PublishedAsync<OrderCancelled>(m => m.OrderId == checkout.OrderId);
    }

    [Fact]
    public async Task Order_WithoutAnAnswerFromTheProvider_IsCancelledAndNeverCharged()
    {
        await using var app = await OrderingApp.StartAsync(
            Stop,
            services => services.AddSingleton<IPaymentGateway, GatewayThatIsDown>(),
            ("Orders:Timeouts:StockReserved", "00:00:00.500"));
        var checkout = Checkouts.Of();

        app.CheckOut(checkout);
        await app.World.PublishedAsync<OrderPlaced>(m => m.OrderId == checkout.OrderId);
        app.Reserve(checkout.OrderId);

        var order = await app.ReachesAsync(checkout, "Cancelled");
        Assert.Equal(["Submitted", "StockReserved", "Cancelled"], order.Statuses());
        Assert.Equal(CancelReasons.PaymentTimedOut, (string)order["cancelReasonCode"]!);
        Assert.Equal("Pending", await app.World.ReadAsync<string>($"select status from payments where order_id = '{checkout.OrderId}'"));
        var mail = await app.World.PublishedAsync<SendMail>(
            sent => sent.About == checkout.OrderId && sent.Subject.Contains("is cancelled", StringComparison.Ordinal));
        Assert.Equal(
            "Your payment did not go through in time. So we cancelled the order. With the button below you can pay again, with another "
            + "card.",
            mail.Paragraphs[0]);
    }

    [Fact]
    public async Task Order_PaidInTime_IsLeftAlone()
    {
        await using var app = await OrderingApp.StartAsync(
            Stop, settings: [("Orders:Timeouts:Submitted", "00:00:01"), ("Orders:Timeouts:StockReserved", "00:00:01")]);
        var checkout = await app.OrderInAsync("Paid");

        foreach (var status in new[] { "Submitted", "StockReserved" })
        {
            await app.World.HandledAsync<ExpireOrder>("ordering.expire-order", command => command.ExpectedStatus == status);
        }

        Assert.Equal(["Submitted", "StockReserved", "Paid"], (await app.ReachesAsync(checkout, "Paid")).Statuses());
    }

    [Fact]
    public async Task Timeout_RunningWhileTheServiceIsDown_IsNotForgotten()
    {
        (string, string) timeout = ("Orders:Timeouts:Submitted", "00:00:02");
        var before = await OrderingApp.StartAsync(Stop, settings: timeout);
        var checkout = await before.OrderInAsync("Submitted");
        await before.DisposeAsync();

        await using var after = await OrderingApp.StartAsync(before.Database, before.World.Broker, Stop, settings: timeout);

        Assert.Equal(["Submitted", "Cancelled"], (await after.ReachesAsync(checkout, "Cancelled")).Statuses());
    }

    [Fact]
    public async Task Payment_AfterTheHoldRanOut_IsNotTaken()
    {
        await using var app = await OrderingApp.StartAsync(Stop);
        var checkout = await app.OrderInAsync("Submitted");

        app.Reserve(checkout.OrderId, hold: TimeSpan.FromSeconds(-1));

        var order = await app.ReachesAsync(checkout, "Cancelled");
        Assert.Equal(
            (CancelReasons.PaymentTimedOut, "Your payment did not go through in time."),
            ((string)order["cancelReasonCode"]!, (string)order["cancelReason"]!));
        Assert.Null(await app.World.ReadAsync<string>($"select status from payments where order_id = '{checkout.OrderId}'"));
    }

    private sealed class GatewayThatIsDown : IPaymentGateway
    {
        public Task<ChargeOutcome> ChargeAsync(
            Guid orderId, decimal amount, string currency, string cardToken, CancellationToken cancellationToken) =>
            Task.FromResult<ChargeOutcome>(new ChargeOutcome.Unavailable("The provider is down."));

        public Task<RefundOutcome> RefundPartAsync(
            Guid orderId, Guid refundId, decimal amount, CancellationToken cancellationToken) => RefundAsync(orderId, cancellationToken);

        public Task<RefundOutcome> RefundAsync(Guid orderId, CancellationToken cancellationToken) =>
            Task.FromResult<RefundOutcome>(new RefundOutcome.NothingCharged());
    }
}
