using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Contracts.Audit;
using Ordering.Api.Tests.Orders;
using StandardWebhooks;

namespace Ordering.Api.Tests.Webhooks;

public sealed class WebhookDeliveryTests(WebhookDeliveryTests.OrderingWithPrivateSubscribers fixture)
    : IClassFixture<WebhookDeliveryTests.OrderingWithPrivateSubscribers>
{
    private readonly OrderingApp _app = fixture.App;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_subscriber_gets_the_events_that_it_chose_signed_by_the_standard()
    {
        await _app.ForgetWebhooksAsync();
        await using var receiver = await WebhookReceiver.StartAsync(Stop);
        var (_, secret) = await _app.AddWebhookAsync(receiver.Url, "ordering.order-paid");

        var checkout = await _app.OrderInAsync("Paid");
        var call = (await Eventually.AsksAsync(() => Task.FromResult(receiver.Calls.FirstOrDefault()), first => first is not null))!;

        var body = JsonNode.Parse(call.Body)!;
        Assert.Equal("ordering.order-paid", (string)body["type"]!);
        Assert.Equal(checkout.OrderId, (Guid)body["data"]!["orderId"]!);
        new StandardWebhook(secret).Verify(call.Body, call.Headers);
        Assert.InRange(
            call.Timestamp, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 60, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        Assert.Single(receiver.Calls);
    }

    [Fact]
    public async Task A_failed_delivery_is_repeated_under_the_same_id_and_logged()
    {
        await _app.ForgetWebhooksAsync();
        await using var receiver = await WebhookReceiver.StartAsync(Stop, HttpStatusCode.InternalServerError, HttpStatusCode.Found);
        var (id, _) = await _app.AddWebhookAsync(receiver.Url, "ordering.order-placed");

        await _app.OrderInAsync("Submitted");

        var delivery = await _app.DeliveryAsync(id, "Delivered");
        Assert.Equal(3, (int)delivery["attempts"]!);
        Assert.Equal(200, (int)delivery["lastStatusCode"]!);
        Assert.Equal(3, receiver.Calls.Count);
        Assert.Single(receiver.Calls.Select(call => (call.Id, call.Body)).Distinct());
    }

    [Fact]
    public async Task A_delivery_that_never_succeeds_is_given_up()
    {
        await _app.ForgetWebhooksAsync();
        await using var receiver = await WebhookReceiver.StartAsync(Stop, [.. Enumerable.Repeat(HttpStatusCode.BadGateway, 10)]);
        var (id, _) = await _app.AddWebhookAsync(receiver.Url, "ordering.order-placed");

        await _app.OrderInAsync("Submitted");

        var delivery = await _app.DeliveryAsync(id, "Failed");
        Assert.Equal(3, (int)delivery["attempts"]!); // The first, and one for each of the two waits.
        Assert.Equal("The subscriber answered 502.", (string)delivery["problem"]!);
    }

    [Fact]
    public async Task A_delivery_that_failed_can_be_sent_again_under_the_same_id()
    {
        await _app.ForgetWebhooksAsync();
        await using var receiver = await WebhookReceiver.StartAsync(Stop, [.. Enumerable.Repeat(HttpStatusCode.BadGateway, 3)]);
        var (id, _) = await _app.AddWebhookAsync(receiver.Url, "ordering.order-placed");
        await _app.OrderInAsync("Submitted");
        var failed = await _app.DeliveryAsync(id, "Failed");
        using var admin = _app.AsAdmin();
        var resend = $"api/webhooks/{id}/deliveries/{failed["id"]}/resend";

        using var accepted = await admin.PostAsync(resend, content: null, Stop);

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await Eventually.TrueAsync(
            () => _app.World.Broker.Published<RecordAction>().Any(action =>
                (action.Action, action.SubjectId, action.Detail) == ("webhook.resent", $"{id}", $"delivery {failed["id"]}")),
            "the audit log has it");
        var delivered = await _app.DeliveryAsync(id, "Delivered");
        Assert.Equal((1, (string?)null), ((int)delivered["attempts"]!, (string?)delivered["problem"]));
        Assert.Equal(4, receiver.Calls.Count);
        Assert.Single(receiver.Calls.Select(call => (call.Id, call.Body)).Distinct());

        using var unknown = await admin.PostAsync($"api/webhooks/{id}/deliveries/{Guid.NewGuid()}/resend", content: null, Stop);
        await _app.World.ReadAsync<object>($"update webhook_subscribers set active = false where id = '{id}'");
        using var off = await admin.PostAsync(resend, content: null, Stop);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Conflict), (unknown.StatusCode, off.StatusCode));
    }

    [Fact]
    public async Task A_subscriber_that_is_gone_is_switched_off()
    {
        await _app.ForgetWebhooksAsync();
        await using var receiver = await WebhookReceiver.StartAsync(Stop, HttpStatusCode.Gone);
        var (id, _) = await _app.AddWebhookAsync(receiver.Url, "ordering.order-placed");

        await _app.OrderInAsync("Submitted");

        await _app.DeliveryAsync(id, "Failed");
        var subscriber = await _app.AsAdmin().GetFromJsonAsync<JsonNode>($"api/webhooks/{id}", Stop);
        Assert.False((bool)subscriber!["active"]!);
    }

    [Fact]
    public async Task Finished_deliveries_are_deleted_after_the_retention_of_the_inbox()
    {
        await _app.ForgetWebhooksAsync();
        await using var receiver = await WebhookReceiver.StartAsync(Stop);
        var (id, _) = await _app.AddWebhookAsync(receiver.Url, "ordering.order-placed");
        await _app.OwesAsync(id, 3);
        await Eventually.TrueAsync(() => receiver.Calls.Count == 3);
        await _app.DeliveryAsync(id, "Delivered");

        await _app.World.ReadAsync<object>(
            $"""
             update webhook_deliveries set created_at = now() - interval '15 days'
             where id = (select id from webhook_deliveries where subscriber_id = '{id}' order by id limit 1)
             """);

        await Eventually.AsksAsync(
            () => _app.World.ReadAsync<long>($"select count(*) from webhook_deliveries where subscriber_id = '{id}'"), count => count == 2);
    }

    [Fact]
    public async Task A_silent_subscriber_holds_up_no_other()
    {
        await _app.ForgetWebhooksAsync();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var receiver = await WebhookReceiver.StartAsync(Stop);
        var (silentId, _) = await _app.AddWebhookAsync($"http://{silent.LocalEndpoint}/hook", "ordering.order-placed");
        var (id, _) = await _app.AddWebhookAsync(receiver.Url, "ordering.order-placed");
        await _app.OwesAsync(silentId, 60);

        await _app.OwesAsync(id, 60);

        // Well within the ten seconds that each delivery to the silent one takes.
        await Eventually.TrueAsync(() => receiver.Calls.Count == 60, within: TimeSpan.FromSeconds(8));
        await _app.ForgetWebhooksAsync();
    }

    [Fact]
    public async Task A_delivery_that_cannot_even_be_made_leaves_those_beside_it_alone()
    {
        await _app.ForgetWebhooksAsync();
        await using var receiver = await WebhookReceiver.StartAsync(Stop);
        var (brokenId, _) = await _app.AddWebhookAsync(receiver.Url, "ordering.order-placed");
        var (id, _) = await _app.AddWebhookAsync(receiver.Url, "ordering.order-placed");
        await _app.World.ReadAsync<object>($"update webhook_subscribers set secret = 'whsec_?' where id = '{brokenId}'");

        await _app.OwesAsync(brokenId, 3);
        await _app.OwesAsync(id, 60);

        await Eventually.TrueAsync(() => receiver.Calls.Count == 60, within: TimeSpan.FromSeconds(8));
        await _app.ForgetWebhooksAsync();
    }

    /// <summary>Allows subscribers on loopback, with short delays.</summary>
    public sealed class OrderingWithPrivateSubscribers : IAsyncLifetime
    {
        public OrderingApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await OrderingApp.StartAsync(
            CancellationToken.None,
            settings:
            [
                ("Webhooks:AllowPrivateAddresses", "true"),
                ("Webhooks:PollInterval", "00:00:00.050"),
                ("Webhooks:CleanupInterval", "00:00:00.050"),
                ("Webhooks:RetryDelays:0", "00:00:00.050"),
                ("Webhooks:RetryDelays:1", "00:00:00.050"),
            ]);

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
