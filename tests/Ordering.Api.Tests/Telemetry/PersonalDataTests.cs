using System.Diagnostics;
using System.Net.Http.Json;
using Contracts.Basket;
using Contracts.Identity;
using Contracts.Ordering;
using Microsoft.Extensions.Logging;
using Ordering.Api.Tests.Orders;
using Ordering.Api.Tests.Webhooks;

namespace Ordering.Api.Tests.Telemetry;

/// <summary>What the service logs and exports about its buyers. Dead letters keep the bodies of messages on purpose.</summary>
public sealed class PersonalDataTests
{
    private const string Mark = "PII-MARK";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_ThatWorkOrFail_PutNothingPersonalIntoLogsAndSpans()
    {
        var telemetry = new CapturedTelemetry();
        await using var app = await OrderingApp.StartAsync(Stop, telemetry.AddTo, ("EventBus:RetryDelays:0", "00:00:00.010"));
        var shipped = Marked(Checkouts.Of());
        var declined = Marked(Checkouts.Of(last4: "0002"));
        var broken = Marked(Checkouts.Of()) with { Currency = "EURO" };

        app.World.Publish(new UserRegistered(shipped.BuyerId, shipped.BuyerEmail, shipped.BuyerName), shipped.BuyerId);
        foreach (var checkout in new[] { shipped, declined, broken })
        {
            app.CheckOut(checkout);
        }

        foreach (var checkout in new[] { shipped, declined })
        {
            await app.World.PublishedAsync<OrderPlaced>(placed => placed.OrderId == checkout.OrderId);
            app.Reserve(checkout.OrderId);
        }

        await app.ReachesAsync(declined, "Cancelled");
        await app.ReachesAsync(shipped, "Paid");
        using var admin = app.AsAdmin();
        using var done = await admin.PostAsJsonAsync(
            $"api/orders/{shipped.OrderId}/ship", new { carrier = Mark, trackingNumber = Mark }, Stop);
        done.EnsureSuccessStatusCode();
        await admin.RefundAsync(shipped.OrderId, 5, $"{Mark} has a scratch.");
        await app.World.PublishedAsync<OrderRefunded>(refunded => refunded.OrderId == shipped.OrderId);
        using var found = await admin.GetAsync($"api/orders/all?search={Mark}", Stop);
        using var opened = await admin.PostAsJsonAsync("api/orders/find", new { number = Mark, email = shipped.BuyerEmail }, Stop);
        var key = (await app.World.ReadAsync<string>($"select access_key from orders where id = '{shipped.OrderId}'"))!;
        using var buyer = app.As(Guid.NewGuid());
        buyer.DefaultRequestHeaders.Add("Order-Key", key);
        Assert.NotNull(await buyer.SeeAsync(shipped.OrderId));

        await Eventually.TrueAsync(() => telemetry.Lines.Any(
            line => line.Level is LogLevel.Error && line.Message.Contains("is now a dead letter", StringComparison.Ordinal)));
        await telemetry.SpansAsync(spans => spans.Any(span => span.GetTagItem("http.route") is "/api/orders/{id:guid}/ship"));
        // The framework's own line about a request has its whole address; all settings keep its category at Warning.
        Assert.DoesNotContain(
            telemetry.Find(Mark, "Bearer ey", key),
            text => !text.Contains("Microsoft.AspNetCore.Hosting.Diagnostics", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AddressOfAWebhook_IsNotInLogsAndSpans_ExceptForItsHost()
    {
        var telemetry = new CapturedTelemetry();
        await using var app = await OrderingApp.StartAsync(
            Stop, telemetry.AddTo, ("Webhooks:AllowPrivateAddresses", "true"), ("Webhooks:PollInterval", "00:00:00.050"));
        await using var receiver = await WebhookReceiver.StartAsync(Stop);
        var (id, secret) = await app.AddWebhookAsync($"{receiver.Url}/{Mark}?token={Mark}", "ordering.order-placed");

        await app.OrderInAsync("Submitted");

        await Eventually.TrueAsync(
            () => telemetry.Lines.Any(line => line.Message.Contains($"to subscriber {id} failed", StringComparison.Ordinal)));

        // Other tests in this process deliver webhooks too, but only this one has no such path.
        var spans = await telemetry.SpansAsync(spans => spans.Any(IsDelivery));
        Assert.Equal("127.0.0.1", spans.First(IsDelivery).GetTagItem("server.address"));

        // The subscriber runs in this process, so the span of its server is heard as well.
        Assert.DoesNotContain(
            spans, told => told.Kind is not ActivityKind.Server
                && CapturedTelemetry.TextOf(told).Contains(Mark, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(telemetry.Lines, line => line.Text.Contains(Mark, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(telemetry.Find(secret));
    }

    private static bool IsDelivery(Activity span) =>
        span.DisplayName == "deliver webhook" && span.GetTagItem("http.response.status_code") is 404;

    private static BasketCheckedOut Marked(BasketCheckedOut checkout) => checkout with
    {
        BuyerName = $"{Mark} Ada",
        BuyerEmail = $"{Mark}@example.com",
        ShippingAddress = new Address($"1 {Mark} Road", Mark, Mark, Mark, Mark),
        Card = checkout.Card with { Holder = $"{Mark} Ada" },
    };
}
