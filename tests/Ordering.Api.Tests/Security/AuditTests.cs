using System.Net.Http.Json;
using Contracts.Audit;
using Ordering.Api.Tests.Orders;

namespace Ordering.Api.Tests.Security;

/// <summary>What the audit log, and that of the back office, have about administrators: who did what, by ids only.</summary>
public sealed class AuditTests
{
    private static readonly string[] Types = ["ordering.order-paid"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_ThatAnAdministratorShipsCancelsOrRefunds_AreInTheAuditLog()
    {
        var telemetry = new CapturedTelemetry();
        await using var app = await OrderingApp.StartAsync(Stop, telemetry.AddTo);
        var admin = Guid.NewGuid();
        using var http = app.With(OrderingApp.Tokens.Admin(admin));
        var shipped = await app.OrderInAsync("Paid");
        var cancelled = await app.OrderInAsync("Submitted");
        await app.OrderInAsync("Cancelled");
        var own = await app.OrderInAsync("Submitted", admin);

        foreach (var path in new[]
        {
            $"{shipped.OrderId}/ship", $"{cancelled.OrderId}/cancel", $"{cancelled.OrderId}/cancel", $"{own.OrderId}/cancel",
        })
        {
            using var done = await http.PostAsync($"api/orders/{path}", content: null, Stop);
            done.EnsureSuccessStatusCode();
        }

        var refund = (Guid)(await http.RefundAsync(shipped.OrderId, 5, "A scratch."))!["id"]!;

        Assert.Equal(
            [
                $"OrderShipped UserId={admin} OrderId={shipped.OrderId}", $"OrderCancelled UserId={admin} OrderId={cancelled.OrderId}",
                $"OrderRefunded UserId={admin} OrderId={shipped.OrderId} RefundId={refund}",
            ],
            telemetry.Audited);
        Assert.Equal(
            [
                new(admin, "order.cancelled", $"{cancelled.OrderId}", await NumberAsync(cancelled.OrderId)),
                new(admin, "order.refunded", $"{shipped.OrderId}", await NumberAsync(shipped.OrderId), "€5.00"),
                new(admin, "order.shipped", $"{shipped.OrderId}", await NumberAsync(shipped.OrderId)),
            ],
            await RecordedAsync(app, 3));

        async Task<string> NumberAsync(Guid order) => (string)(await http.SeeAsync(order))!["number"]!;
    }

    [Fact]
    public async Task Webhooks_ThatAreCreatedChangedAndDeleted_AreInTheAuditLog_WithoutTheirAddress()
    {
        var telemetry = new CapturedTelemetry();
        await using var app = await OrderingApp.StartAsync(Stop, telemetry.AddTo);
        var admin = Guid.NewGuid();
        using var http = app.With(OrderingApp.Tokens.Admin(admin));
        var body = new { url = "https://example.com/secret-path", eventTypes = Types };

        using var created = await http.PostAsJsonAsync("api/webhooks", body, Stop);
        created.EnsureSuccessStatusCode();
        var path = created.Headers.Location!.OriginalString;
        using var changed = await http.PutAsJsonAsync(path, body, Stop);
        using var deleted = await http.DeleteAsync(path, Stop);
        using var again = await http.DeleteAsync(path, Stop);

        var id = path.Split('/')[^1];
        Assert.Equal(
            [
                $"WebhookCreated UserId={admin} WebhookId={id}",
                $"WebhookChanged UserId={admin} WebhookId={id}",
                $"WebhookDeleted UserId={admin} WebhookId={id}",
            ],
            telemetry.Audited);
        Assert.Empty(telemetry.Find("secret-path"));
        Assert.Equal(
            [
                new(admin, "webhook.changed", id, "example.com"), new(admin, "webhook.created", id, "example.com"),
                new(admin, "webhook.deleted", id, "example.com"),
            ],
            await RecordedAsync(app, 3));
    }

    /// <summary>What the back office got. Actions on different things may arrive in any order.</summary>
    private static async Task<IEnumerable<RecordAction>> RecordedAsync(OrderingApp app, int count)
    {
        await Eventually.TrueAsync(() => app.World.Broker.Published<RecordAction>().Count >= count, $"{count} actions are sent");
        return app.World.Broker.Published<RecordAction>().OrderBy(action => action.Action, StringComparer.Ordinal);
    }
}
