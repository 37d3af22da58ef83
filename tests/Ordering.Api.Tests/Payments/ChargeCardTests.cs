using Contracts.Ordering;
using Microsoft.Extensions.DependencyInjection;
using Ordering.Api.Payments;
using Ordering.Api.Tests.Orders;

namespace Ordering.Api.Tests.Payments;

public sealed class ChargeCardTests(SharedOrdering shared)
{
    private readonly OrderingApp _app = shared.App;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0002", "Your card was declined.")]
    [InlineData("9995", "Your card has insufficient funds.")]
    [InlineData("0069", "Your card has expired.")]
    public async Task A_declined_card_cancels_the_order_and_says_why(string last4, string reason)
    {
        var checkout = await ReserveAsync(_app, last4);

        var order = await _app.ReachesAsync(checkout, "Cancelled");

        Assert.Equal(["Submitted", "StockReserved", "Cancelled"], order.Statuses());
        Assert.Equal((CancelReasons.PaymentDeclined, reason), ((string)order["cancelReasonCode"]!, (string)order["cancelReason"]!));
        Assert.Equal(reason, (await _app.World.PublishedAsync<OrderCancelled>(m => m.OrderId == checkout.OrderId)).Reason);
        Assert.Equal("Declined", await PaymentAsync<string>(_app, "status", checkout.OrderId));
    }

    [Theory]
    [InlineData("4242")]
    [InlineData("3220")]
    [InlineData("1881")]
    public async Task Any_other_card_pays(string last4)
    {
        var checkout = await ReserveAsync(_app, last4);

        await _app.ReachesAsync(checkout, "Paid");

        Assert.Equal("Charged", await PaymentAsync<string>(_app, "status", checkout.OrderId));
        Assert.Equal(59.97m, await PaymentAsync<decimal>(_app, "amount", checkout.OrderId));
    }

    [Fact]
    public async Task A_provider_with_a_passing_fault_is_asked_until_it_answers()
    {
        var checkout = await ReserveAsync(_app, "0119");

        await _app.ReachesAsync(checkout, "Paid");

        Assert.Equal(3, await PaymentAsync<int>(_app, "attempts", checkout.OrderId));
    }

    [Fact]
    public async Task The_command_sent_twice_charges_once()
    {
        var gateway = new CountingGateway();
        await using var app = await OrderingApp.StartAsync(Stop, services => services.AddSingleton<IPaymentGateway>(gateway));
        var checkout = await ReserveAsync(app, "4242");
        await app.ReachesAsync(checkout, "Paid");

        var again = Guid.CreateVersion7();
        app.World.Broker.Send(new TakePayment(checkout.OrderId, 59.97m, "EUR", "tok_4242"), $"{checkout.OrderId}", again);
        await app.World.Broker.WaitUntilHandledAsync("ordering.take-payment", again, Stop);

        Assert.Equal(1, gateway.Calls);
        Assert.Equal(1, await PaymentAsync<int>(app, "attempts", checkout.OrderId));
    }

    [Fact]
    public async Task A_fault_right_after_the_charge_does_not_charge_again()
    {
        await using var app = await OrderingApp.StartAsync(Stop, services =>
        {
            services.AddSingleton<SimulatedPaymentGateway>();
            services.AddSingleton<IPaymentGateway, GatewayWhoseAnswerIsLostOnce>();
        });
        var checkout = await ReserveAsync(app, "4242");

        await app.ReachesAsync(checkout, "Paid");

        Assert.Equal(1, await app.World.ReadAsync<long>("select count(*) from simulated_charges where charged"));

        // The messages of one order keep their order: a second payment would be published before the shipment.
        using var shipped = await app.AsAdmin().PostAsync($"api/orders/{checkout.OrderId}/ship", content: null, Stop);
        await app.World.PublishedAsync<OrderShipped>(m => m.OrderId == checkout.OrderId);
        Assert.Single(app.World.Broker.Published<OrderPaid>(), m => m.OrderId == checkout.OrderId);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_keeps_no_transaction_open()
    {
        var gateway = new SlowGateway();
        await using var app = await OrderingApp.StartAsync(Stop, services => services.AddSingleton<IPaymentGateway>(gateway));
        var checkout = await ReserveAsync(app, "4242");
        await gateway.IsCalled;

        // Other work may have a short transaction; one that waits for the provider would be there every time.
        await Eventually.AsksAsync(
            () => app.World.ReadAsync<long>(
                "select count(*) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'"),
            open => open == 0,
            within: TimeSpan.FromSeconds(10));

        gateway.Answer();
        await app.ReachesAsync(checkout, "Paid");
    }

    [Fact]
    public async Task A_charge_for_an_order_that_is_cancelled_during_the_call_is_refunded()
    {
        var gateway = new SlowGateway();
        await using var app = await OrderingApp.StartAsync(Stop, services => services.AddSingleton<IPaymentGateway>(gateway));
        var checkout = await ReserveAsync(app, "4242");
        await gateway.IsCalled;

        using var cancelled = await app.As(checkout.BuyerId).PostAsync($"api/orders/{checkout.OrderId}/cancel", content: null, Stop);
        gateway.Answer();

        Assert.True(cancelled.IsSuccessStatusCode);
        await Eventually.AsksAsync(() => PaymentAsync<string>(app, "status", checkout.OrderId), status => status == "Refunded");
        Assert.Equal("Cancelled", (string)(await app.ReachesAsync(checkout, "Cancelled"))["status"]!);
    }

    private static async Task<Contracts.Basket.BasketCheckedOut> ReserveAsync(OrderingApp app, string last4)
    {
        var checkout = Checkouts.Of(last4: last4);
        app.CheckOut(checkout);
        await app.World.PublishedAsync<OrderPlaced>(m => m.OrderId == checkout.OrderId);
        app.Reserve(checkout.OrderId);
        return checkout;
    }

    private static Task<T?> PaymentAsync<T>(OrderingApp app, string column, Guid orderId) =>
        app.World.ReadAsync<T>($"select {column} from payments where order_id = '{orderId}'");

    private sealed class CountingGateway : IPaymentGateway
    {
        private int _calls;

        public int Calls => _calls;

        public Task<ChargeOutcome> ChargeAsync(
            Guid orderId, decimal amount, string currency, string cardToken, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            return Task.FromResult<ChargeOutcome>(new ChargeOutcome.Charged("ch_1"));
        }

        public Task<RefundOutcome> RefundPartAsync(
            Guid orderId, Guid refundId, decimal amount, CancellationToken cancellationToken) => RefundAsync(orderId, cancellationToken);

        public Task<RefundOutcome> RefundAsync(Guid orderId, CancellationToken cancellationToken) =>
            Task.FromResult<RefundOutcome>(new RefundOutcome.NothingCharged());
    }

    private sealed class SlowGateway : IPaymentGateway
    {
        private readonly TaskCompletionSource _called = new();
        private readonly TaskCompletionSource _answered = new();

        public Task IsCalled => _called.Task;

        public void Answer() => _answered.TrySetResult();

        public async Task<ChargeOutcome> ChargeAsync(
            Guid orderId, decimal amount, string currency, string cardToken, CancellationToken cancellationToken)
        {
            _called.TrySetResult();
            await _answered.Task.WaitAsync(cancellationToken);
            return new ChargeOutcome.Charged("ch_1");
        }

        public Task<RefundOutcome> RefundPartAsync(
            Guid orderId, Guid refundId, decimal amount, CancellationToken cancellationToken) => RefundAsync(orderId, cancellationToken);

        // As a real provider does: a refund waits for the charge of the same key.
        public async Task<RefundOutcome> RefundAsync(Guid orderId, CancellationToken cancellationToken)
        {
            await _answered.Task.WaitAsync(cancellationToken);
            return new RefundOutcome.Refunded("re_1", 59.97m, "EUR");
        }
    }

    private sealed class GatewayWhoseAnswerIsLostOnce(SimulatedPaymentGateway gateway) : IPaymentGateway
    {
        private bool _lost;

        public async Task<ChargeOutcome> ChargeAsync(
            Guid orderId, decimal amount, string currency, string cardToken, CancellationToken cancellationToken)
        {
            var outcome = await gateway.ChargeAsync(orderId, amount, currency, cardToken, cancellationToken);
            if (!_lost)
            {
                _lost = true;
                throw new HttpRequestException("The connection was reset.");
            }

            return outcome;
        }

        public Task<RefundOutcome> RefundPartAsync(
            Guid orderId, Guid refundId, decimal amount, CancellationToken cancellationToken) =>
            gateway.RefundPartAsync(orderId, refundId, amount, cancellationToken);

        public Task<RefundOutcome> RefundAsync(Guid orderId, CancellationToken cancellationToken) =>
            gateway.RefundAsync(orderId, cancellationToken);
    }
}
