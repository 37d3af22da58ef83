using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Contracts.Mail;
using Contracts.Ordering;
using Microsoft.Extensions.DependencyInjection;
using Ordering.Api.Payments;

namespace Ordering.Api.Tests.Orders;

public sealed class RefundOrderTests(SharedOrdering shared)
{
    private readonly OrderingApp _app = shared.App;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refund_OfAPart_IsBookedOnce_Published_AndMailed()
    {
        var checkout = await _app.OrderInAsync("Shipped");
        using var admin = _app.AsAdmin();

        var first = await admin.RefundAsync(checkout.OrderId, 20, "One lamp has a scratch.", key: "one");
        var again = await admin.RefundAsync(checkout.OrderId, 20, "One lamp has a scratch.", key: "one");
        var refunded = await _app.World.PublishedAsync<OrderRefunded>(m => m.OrderId == checkout.OrderId);
        var mail = await _app.World.PublishedAsync<SendMail>(
            m => m.About == checkout.OrderId && m.Subject.Contains("goes back", StringComparison.Ordinal));
        var order = (await admin.SeeAsync(checkout.OrderId))!;

        Assert.Equal("Requested", (string)first!["status"]!);
        Assert.Equal((Guid)first["id"]!, (Guid)again!["id"]!);
        Assert.Equal((20m, 20m, "EUR"), (refunded.Amount, refunded.RefundedTotal, refunded.Currency));
        Assert.Equal((string)order["number"]!, refunded.Number);
        Assert.Equal(("Shipped", 20m), ((string)order["status"]!, (decimal)order["refunded"]!));
        Assert.Equal("Refunded", (string)Assert.Single(order["refunds"]!.AsArray())!["status"]!);
        Assert.Contains("One lamp has a scratch.", mail.Paragraphs);
        Assert.Equal(20m, await BookedAsync(checkout.OrderId));
        Assert.Equal(
            "PartlyRefunded", await _app.World.ReadAsync<string>($"select status from payments where order_id = '{checkout.OrderId}'"));
    }

    [Fact]
    public async Task Refunds_AtTheSameTime_AreNeverMoreThanThePayment()
    {
        var checkout = await _app.OrderInAsync("Paid");
        using var admin = _app.AsAdmin();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => admin.AskForRefundAsync(checkout.OrderId, 20, "A scratch.", $"{Guid.NewGuid()}")));

        Assert.Equal(2, answers.Count(answer => answer.StatusCode is HttpStatusCode.Accepted));
        var refused = answers.First(answer => answer.StatusCode is not HttpStatusCode.Accepted);
        var problem = (await refused.Content.ReadFromJsonAsync<JsonNode>(Stop))!;
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("At most €19.97 of the payment can be refunded.", (string)problem["detail"]!);
        await Eventually.AsksAsync(() => BookedAsync(checkout.OrderId), booked => booked == 40);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Cancelling_AfterARefund_GivesBackTheRest()
    {
        var checkout = await _app.OrderInAsync("Paid");
        using var admin = _app.AsAdmin();
        await admin.RefundAsync(checkout.OrderId, 20, "A scratch.");

        (await admin.PostAsync($"api/orders/{checkout.OrderId}/cancel", content: null, Stop)).EnsureSuccessStatusCode();

        var rest = await _app.World.PublishedAsync<OrderRefunded>(m => m.OrderId == checkout.OrderId && m.RefundedTotal == 59.97m);
        Assert.Equal(39.97m, rest.Amount);
        Assert.Equal("Refunded", await _app.World.ReadAsync<string>($"select status from payments where order_id = '{checkout.OrderId}'"));
        Assert.Equal(59.97m, (decimal)(await admin.SeeAsync(checkout.OrderId))!["refunded"]!);
    }

    [Theory]
    [InlineData(
        20, " The rest of the payment, €39.97, is refunded to the card.",
        "The rest of the payment, €39.97, goes back to your Visa ending in 4242. Your bank needs a few days to show it.")]
    [InlineData(59.97, " The payment was already refunded in full.", "The payment was already refunded in full.")]
    public async Task Cancelling_AfterARefund_SaysWhatStillComes(double refunded, string reason, string mailed)
    {
        var checkout = await _app.OrderInAsync("Paid");
        using var admin = _app.AsAdmin();
        await admin.RefundAsync(checkout.OrderId, (decimal)refunded, "A scratch.");

        (await admin.PostAsync($"api/orders/{checkout.OrderId}/cancel", content: null, Stop)).EnsureSuccessStatusCode();

        var mail = await _app.World.PublishedAsync<SendMail>(
            m => m.About == checkout.OrderId && m.Subject.Contains("is cancelled", StringComparison.Ordinal));
        Assert.Equal(mailed, mail.Paragraphs[1]);
        Assert.Equal($"Cancelled by the shop.{reason}", (string)(await admin.SeeAsync(checkout.OrderId))!["cancelReason"]!);
    }

    [Fact]
    public async Task RefundedTotal_LeavesOutWhatTheProviderHasNotSentBack()
    {
        var checkout = await _app.OrderInAsync("Paid");
        using var admin = _app.AsAdmin();
        await WaitsForItsRefundAsync(checkout.OrderId, 10);

        await admin.RefundAsync(checkout.OrderId, 20, "A scratch.");

        var refunded = await _app.World.PublishedAsync<OrderRefunded>(m => m.OrderId == checkout.OrderId);
        var mail = await _app.World.PublishedAsync<SendMail>(
            m => m.About == checkout.OrderId && m.Subject.Contains("goes back", StringComparison.Ordinal));
        Assert.Equal((20m, 20m), (refunded.Amount, refunded.RefundedTotal));
        Assert.Equal("€20.00", mail.Rows.Single(row => row.IsTotal).Value);
        Assert.Equal(30m, (decimal)(await admin.SeeAsync(checkout.OrderId))!["refunded"]!);
    }

    [Fact]
    public async Task Cancelling_BesideARefundThatIsNotHandledYet_GivesBackThePaymentOnce()
    {
        var checkout = await _app.OrderInAsync("Paid");
        using var admin = _app.AsAdmin();
        await WaitsForItsRefundAsync(checkout.OrderId, 10);

        (await admin.PostAsync($"api/orders/{checkout.OrderId}/cancel", content: null, Stop)).EnsureSuccessStatusCode();

        var refunded = await _app.World.PublishedAsync<OrderRefunded>(m => m.OrderId == checkout.OrderId);
        Assert.Equal((59.97m, 59.97m), (refunded.Amount, refunded.RefundedTotal));
        Assert.Equal(59.97m, (decimal)(await admin.SeeAsync(checkout.OrderId))!["refunded"]!);
    }

    [Theory]
    [InlineData("Submitted")]
    [InlineData("Cancelled")]
    public async Task Refund_OfAnOrderThatIsNotPaid_IsRefused(string status)
    {
        var checkout = await _app.OrderInAsync(status);

        using var refused = await _app.AsAdmin().AskForRefundAsync(checkout.OrderId, 5, "A scratch.", "one");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Theory]
    [InlineData(0, "A scratch.", "one", "amount")]
    [InlineData(-1, "A scratch.", "one", "amount")]
    [InlineData(0.001, "A scratch.", "one", "amount")]
    [InlineData(1, " ", "one", "reason")]
    [InlineData(1, "A scratch.", "two words", "idempotencyKey")]
    public async Task Request_ThatIsNotValid_NamesTheField(double amount, string reason, string key, string field)
    {
        using var refused = await _app.AsAdmin().AskForRefundAsync(Guid.NewGuid(), (decimal)amount, reason, key);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var errors = (await refused.Content.ReadFromJsonAsync<JsonNode>(Stop))!["errors"]!.AsObject();
        Assert.Equal([field], errors.Select(error => error.Key));
    }

    [Fact]
    public async Task Key_OfAnotherRefund_IsRefused()
    {
        var checkout = await _app.OrderInAsync("Paid");
        using var admin = _app.AsAdmin();
        await admin.RefundAsync(checkout.OrderId, 5, "A scratch.", key: "one");

        using var refused = await admin.AskForRefundAsync(checkout.OrderId, 6, "A scratch.", "one");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task Gateway_AskedTwiceAndTooMuch_RefundsAPartOnce_AndNothingAfterTheRest()
    {
        var checkout = await _app.OrderInAsync("Paid");
        var gateway = _app.Services.GetRequiredService<IPaymentGateway>();
        var refund = Guid.NewGuid();

        var twice = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            _ => gateway.RefundPartAsync(checkout.OrderId, refund, 30, Stop)));
        var tooMuch = await gateway.RefundPartAsync(checkout.OrderId, Guid.NewGuid(), 30, Stop);
        var rest = await gateway.RefundAsync(checkout.OrderId, Stop);
        var repeated = await gateway.RefundAsync(checkout.OrderId, Stop);
        var late = await gateway.RefundPartAsync(checkout.OrderId, Guid.NewGuid(), 1, Stop);

        Assert.All(twice, outcome => Assert.Equal(30, Assert.IsType<RefundOutcome.Refunded>(outcome).Amount));
        Assert.IsType<RefundOutcome.Refused>(tooMuch);
        Assert.Equal(29.97m, Assert.IsType<RefundOutcome.Refunded>(rest).Amount);
        Assert.Equal(rest, repeated);
        Assert.IsType<RefundOutcome.Refused>(late);
    }

    /// <summary>As if this refund had been requested and its command were still in a queue.</summary>
    private Task<object?> WaitsForItsRefundAsync(Guid order, decimal amount) => _app.World.ReadAsync<object>(
        $$"""
          update orders set refunds = jsonb_build_array(jsonb_build_object(
              'RefundId', gen_random_uuid(), 'Amount', {{amount}}, 'Reason', 'A missing part.', 'IdempotencyKey', 'waits',
              'RequestedAt', now(), 'Status', 'Requested'))
          where id = '{{order}}'
          """);

    /// <summary>What the payment provider has given back in parts.</summary>
    private Task<decimal> BookedAsync(Guid order) =>
        _app.World.ReadAsync<decimal>($"select refunded from simulated_charges where order_id = '{order}'");
}
