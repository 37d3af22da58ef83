using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Ordering.Api.Tests.Orders;

namespace Ordering.Api.Tests.Webhooks;

public sealed class WebhookAdminTests(SharedOrdering shared)
{
    private static readonly string[] UnknownType = ["ordering.order-paid", "x.y"];
    private static readonly string[] OtherType = ["ordering.order-shipped"];
    private readonly OrderingApp _app = shared.App;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_name_that_leads_into_the_own_network_is_refused_when_it_is_called()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Stop);
        var (id, _) = await _app.AddWebhookAsync("https://webhooks.example", "ordering.order-placed");
        // As if the name had been pointed at this machine after it was registered.
        var inside = receiver.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        await _app.World.ReadAsync<object>($"update webhook_subscribers set url = '{inside}'");

        await _app.OrderInAsync("Submitted");

        var delivery = await _app.DeliveryAsync(id, "Failed");
        Assert.Equal("localhost is not an address of the internet.", (string)delivery["problem"]!);
        Assert.Empty(receiver.Calls);
        await _app.ForgetWebhooksAsync();
    }

    [Theory]
    [InlineData("http://example.com/hook")]
    [InlineData("https://localhost/hook")]
    [InlineData("https://127.0.0.1/hook")]
    [InlineData("https://10.0.0.8/hook")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::1]/hook")]
    [InlineData("https://[::ffff:192.168.0.1]/hook")]
    [InlineData("https://[::ffff:7f00:1]/hook")]
    [InlineData("https://[64:ff9b::7f00:1]/hook")]
    [InlineData("https://[fe80::1]/hook")]
    [InlineData("https://[fd00::1]/hook")]
    [InlineData("https://2130706433/hook")]
    [InlineData("https://0177.0.0.1/hook")]
    [InlineData("https://0x7f.0.0.1/hook")]
    [InlineData("https://127.1/hook")]
    [InlineData("https://0/hook")]
    [InlineData("https://172.16.0.1./hook")]
    [InlineData("https://LOCALHOST/hook")]
    [InlineData("https://localhost./hook")]
    [InlineData("https://shop.localhost/hook")]
    [InlineData("https:\\\\127.0.0.1\\hook")]
    [InlineData("https://example.com@127.0.0.1/hook")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.com/hook")]
    [InlineData("https://user:secret@example.com/hook")]
    [InlineData("ftp://example.com/hook")]
    [InlineData("/hook")]
    [InlineData("")]
    [InlineData("https://-/hook")]
    [InlineData("https://exa\0mple.com/hook")]
    [InlineData("https://example.com/ho\0ok")]
    [InlineData("https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example/hook")]
    public async Task A_url_that_webhooks_must_not_call_is_refused(string url)
    {
        using var response = await _app.AsAdmin().PostAsJsonAsync("api/webhooks", new { url, eventTypes = UnknownType }, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var errors = (await response.Content.ReadFromJsonAsync<JsonNode>(Stop))!["errors"]!.AsObject();
        Assert.Equal(["eventTypes", "url"], errors.Select(error => error.Key).Order());
    }

    [Theory]
    [InlineData("https://example.com/ho\nok", "spaces or control characters")]
    [InlineData("https://example.com/\u0085hook", "spaces or control characters")]
    [InlineData("https://example.com/a hook", "spaces or control characters")]
    [InlineData(" https://example.com/hook", "spaces or control characters")]
    [InlineData("https://example.com/hook\u00a0", "spaces or control characters")]
    [InlineData("https://user@example.com/hook", "user name or password")]
    [InlineData("https://user:secret@example.com/hook", "user name or password")]
    [InlineData("https://example.com/hook#part", "fragment")]
    [InlineData("https://example.com/hook#", "fragment")]
    [InlineData("http://example.com/hook", "https://")]
    public async Task A_refused_url_is_answered_with_its_reason_when_it_is_added_and_when_it_is_changed(string url, string reason)
    {
        using var admin = _app.AsAdmin();
        var body = new { url, eventTypes = OtherType };

        using var added = await admin.PostAsJsonAsync("api/webhooks", body, Stop);
        using var changed = await admin.PutAsJsonAsync($"api/webhooks/{Guid.NewGuid()}", body, Stop);

        foreach (var response in new[] { added, changed })
        {
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            var errors = (await response.Content.ReadFromJsonAsync<JsonNode>(Stop))!["errors"]!;
            Assert.Contains(reason, (string)errors["url"]![0]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_subscriber_is_managed_by_admins_and_its_secret_shown_once()
    {
        using var admin = _app.AsAdmin();
        var (id, secret) = await _app.AddWebhookAsync("https://example.com/hook", "ordering.order-paid");

        using var changed = await admin.PutAsJsonAsync(
            $"api/webhooks/{id}", new { url = "https://example.com/other", eventTypes = OtherType, active = false }, Stop);
        var list = await admin.GetStringAsync("api/webhooks?pageSize=100", Stop);
        var page = (await admin.GetFromJsonAsync<JsonNode>("api/webhooks?pageSize=1", Stop))!;
        using var asBuyer = await _app.As(Guid.NewGuid()).GetAsync("api/webhooks", Stop);
        using var deleted = await admin.DeleteAsync($"api/webhooks/{id}", Stop);
        using var again = await admin.DeleteAsync($"api/webhooks/{id}", Stop);

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Contains("https://example.com/other", list, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, list, StringComparison.Ordinal);
        Assert.Equal((0, 1), ((int)page["pageIndex"]!, (int)page["pageSize"]!));
        Assert.Single(page["data"]!.AsArray());
        Assert.Equal(
            [HttpStatusCode.Forbidden, HttpStatusCode.NoContent, HttpStatusCode.NotFound],
            new[] { asBuyer, deleted, again }.Select(response => response.StatusCode));
    }

    [Fact]
    public async Task A_change_while_the_webhook_is_deleted_is_answered_as_not_found()
    {
        const string Url = "https://webhooks.example/orders";
        var (id, _) = await _app.AddWebhookAsync(Url, OtherType);
        using var admin = _app.AsAdmin();

        using var answer = await WhileDeletingAsync(
            $"webhook_subscribers where id = '{id}'",
            () => admin.PutAsJsonAsync($"api/webhooks/{id}", new { url = Url, eventTypes = OtherType, active = false }, Stop));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_resend_while_the_delivery_is_deleted_is_answered_as_not_found()
    {
        var (id, _) = await _app.AddWebhookAsync("https://webhooks.example/orders", OtherType);
        await _app.OwesAsync(id, 1);
        await _app.World.ReadAsync<object>($"update webhook_deliveries set status = 'Failed' where subscriber_id = '{id}'");
        var delivery = (Guid)(await _app.DeliveryAsync(id, "Failed"))["id"]!;
        using var admin = _app.AsAdmin();

        using var answer = await WhileDeletingAsync(
            $"webhook_deliveries where id = '{delivery}'",
            () => admin.PostAsync($"api/webhooks/{id}/deliveries/{delivery}/resend", content: null, Stop));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await _app.ForgetWebhooksAsync();
    }

    /// <summary>Deletes the row, and commits once the request waits for it.</summary>
    private async Task<HttpResponseMessage> WhileDeletingAsync(string row, Func<Task<HttpResponseMessage>> request)
    {
        await using var connection = new NpgsqlConnection(_app.Database);
        await connection.OpenAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using var delete = new NpgsqlCommand($"delete from {row}", connection, transaction);
        Assert.Equal(1, await delete.ExecuteNonQueryAsync(Stop));

        var answer = request();
        await Eventually.AsksAsync(
            () => _app.World.ReadAsync<bool>(
                $"select exists (select from pg_stat_activity where {connection.ProcessID} = any(pg_blocking_pids(pid)))"),
            isWaiting => isWaiting);
        await transaction.CommitAsync(Stop);
        return await answer;
    }
}
