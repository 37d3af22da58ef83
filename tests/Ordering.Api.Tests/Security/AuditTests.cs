using System.Net.Http.Json;
using Ordering.Api.Tests.Orders;

namespace Ordering.Api.Tests.Security;

/// <summary>What the audit log has about administrators: who did what, by ids only.</summary>
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
    }
}
