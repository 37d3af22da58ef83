using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Ordering.Api.Tests.Webhooks;

internal static class WebhookSteps
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<(Guid Id, string Secret)> AddWebhookAsync(this OrderingApp app, string url, params string[] eventTypes)
    {
        using var admin = app.AsAdmin();
        using var response = await admin.PostAsJsonAsync("api/webhooks", new { url, eventTypes }, Stop);
        response.EnsureSuccessStatusCode();
        var added = (await response.Content.ReadFromJsonAsync<JsonNode>(Stop))!;
        var id = (Guid)added["webhook"]!["id"]!;
        Assert.Equal($"/api/webhooks/{id}", $"{response.Headers.Location}");
        return (id, (string)added["secret"]!);
    }

    /// <summary>The newest delivery to this subscriber, once it has come to this status.</summary>
    public static async Task<JsonNode> DeliveryAsync(this OrderingApp app, Guid subscriberId, string status)
    {
        using var admin = app.AsAdmin();
        var log = await Eventually.AsksAsync(
            () => admin.GetFromJsonAsync<JsonNode>($"api/webhooks/{subscriberId}/deliveries", Stop),
            log => (string?)log!["data"]!.AsArray().FirstOrDefault()?["status"] == status);
        return log!["data"]![0]!;
    }

    /// <summary>As if this many events had happened that the subscriber asked for.</summary>
    public static Task OwesAsync(this OrderingApp app, Guid subscriberId, int deliveries) => app.World.ReadAsync<object>(
        $$"""
          insert into webhook_deliveries (id, subscriber_id, message_id, event_type, payload, created_at, status, attempts, next_attempt_at)
          select gen_random_uuid(), '{{subscriberId}}', gen_random_uuid(), 'ordering.order-placed', '{}', now(), 'Pending', 0, now()
          from generate_series(1, {{deliveries}})
          """);

    public static Task ForgetWebhooksAsync(this OrderingApp app) => app.World.ReadAsync<object>("delete from webhook_subscribers");
}
