using System.Net;
using System.Text.Json;
using WebApp.Tests.Setup;

namespace WebApp.Tests.BackOffice;

/// <summary>Webhooks in the back office.</summary>
public sealed class WebhookTests(TestServers servers)
{
    private static readonly Guid Id = Guid.CreateVersion7();
    private static readonly Guid Delivery = Guid.CreateVersion7();
    private static readonly string[] Paid = ["ordering.order-paid"];
    private static readonly string[] UrlFault = ["The URL must begin with https://."];

    private static readonly object Webhook = WebhookThatIs(active: true);

    [Fact]
    public async Task Adding_ShowsTheSecretOnce()
    {
        await using var shop = await BorrowAsync();
        shop.Fakes.Json("POST /api/webhooks", new { webhook = Webhook, secret = "whsec_abc" });
        var admin = await AdminAsync(shop);
        await admin.GetAsync("/admin/webhooks");

        await admin.SubmitAsync(
            "/admin/webhooks", ("Form.Url", "https://example.com/hook"), ("Form.EventTypes", "ordering.order-paid"),
            ("Form.EventTypes", "ordering.order-refunded"));

        Assert.Contains("whsec_abc", admin.Html, StringComparison.Ordinal);
        var sent = JsonSerializer.Deserialize<JsonElement>(Assert.Single(shop.Fakes.Calls, call => call.Call == "POST /api/webhooks").Body);
        Assert.Equal(
            ["ordering.order-paid", "ordering.order-refunded"],
            sent.GetProperty("eventTypes").EnumerateArray().Select(type => type.GetString()!));
        await admin.GetAsync("/admin/webhooks");
        Assert.DoesNotContain("whsec_abc", admin.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adding_WhatIsRefused_ShowsTheReasonAtTheField_AndKeepsTheChoice()
    {
        await using var shop = await BorrowAsync();
        shop.Fakes.Json(
            "POST /api/webhooks", new { errors = new { url = UrlFault } }, HttpStatusCode.BadRequest);
        var admin = await AdminAsync(shop);
        await admin.GetAsync("/admin/webhooks");

        await admin.SubmitAsync("/admin/webhooks", ("Form.Url", "http://example.com"), ("Form.EventTypes", "ordering.order-paid"));
        Assert.Contains("#form-url\">The URL must begin with https://.", admin.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"http://example.com\"", admin.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"ordering.order-paid\" checked", admin.Html, StringComparison.Ordinal);

        await admin.SubmitAsync("/admin/webhooks", ("Form.Url", ""));
        Assert.Contains("Choose at least one.", admin.Html, StringComparison.Ordinal);
        Assert.Contains("Enter the address that gets the events.", admin.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliveries_AreListed_AndSentAgain()
    {
        await using var shop = await BorrowAsync();
        shop.Fakes.Status($"POST /api/webhooks/{Id}/deliveries/{Delivery}/resend", HttpStatusCode.Accepted);
        var admin = await AdminAsync(shop);

        await admin.GetAsync($"/admin/webhooks/{Id}");
        Assert.Contains("The subscriber answered 502.", admin.Html, StringComparison.Ordinal);
        using var resent = await admin.SubmitAsync($"/admin/webhooks/{Id}/deliveries/{Delivery}/resend");
        await admin.GetAsync($"/admin/webhooks/{Id}");

        Assert.Equal($"/admin/webhooks/{Id}", resent.Headers.Location!.OriginalString);
        Assert.Contains("It is being sent again.", admin.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SwitchingOff_KeepsAddressAndTypes_AndDeletingLeadsToTheList()
    {
        await using var shop = await BorrowAsync();
        shop.Fakes.Json($"PUT /api/webhooks/{Id}", Webhook).Status($"DELETE /api/webhooks/{Id}", HttpStatusCode.NoContent);
        var admin = await AdminAsync(shop);
        await admin.GetAsync($"/admin/webhooks/{Id}");
        var page = admin.Html;

        using var switched = await admin.SubmitAsync($"/admin/webhooks/{Id}/switch");
        using var deleted = await admin.BackTo(page).SubmitAsync($"/admin/webhooks/{Id}/delete");

        var sent = JsonSerializer.Deserialize<JsonElement>(
            Assert.Single(shop.Fakes.Calls, call => call.Call.StartsWith("PUT", StringComparison.Ordinal)).Body);
        Assert.Equal(("https://example.com/hook", false), (sent.GetProperty("url").GetString(), sent.GetProperty("active").GetBoolean()));
        Assert.Equal("/admin/webhooks", deleted.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SwitchingOff_DoesWhatTheButtonSaid_AlsoWhenItWasSwitchedOffElsewhere(bool isActive)
    {
        await using var shop = await BorrowAsync();
        shop.Fakes.Json($"PUT /api/webhooks/{Id}", WebhookThatIs(active: false));
        var admin = await AdminAsync(shop);
        await admin.GetAsync($"/admin/webhooks/{Id}");
        shop.Fakes.Json($"GET /api/webhooks/{Id}", WebhookThatIs(isActive));

        await admin.SubmitAsync($"/admin/webhooks/{Id}/switch");
        await admin.GetAsync($"/admin/webhooks/{Id}");

        var sent = JsonSerializer.Deserialize<JsonElement>(
            Assert.Single(shop.Fakes.Calls, call => call.Call.StartsWith("PUT", StringComparison.Ordinal)).Body);
        Assert.False(sent.GetProperty("active").GetBoolean());
        Assert.Contains("It is switched off.", admin.Html, StringComparison.Ordinal);
    }

    private static object WebhookThatIs(bool active) => new
    {
        id = Id, url = "https://example.com/hook", eventTypes = Paid, active, createdAt = "2026-01-01T10:00:00Z",
    };

    private async Task<Shop> BorrowAsync()
    {
        var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket())
            .Json("GET /api/webhooks", Things.Page(Webhook))
            .Json($"GET /api/webhooks/{Id}", Webhook)
            .Json($"GET /api/webhooks/{Id}/deliveries", Things.Page(new
            {
                id = Delivery, messageId = Guid.NewGuid(), eventType = "ordering.order-paid", status = "Failed", attempts = 3,
                lastStatusCode = 502, problem = "The subscriber answered 502.", createdAt = "2026-01-01T10:00:00Z",
            }));
        return shop;
    }

    private static async Task<Browser> AdminAsync(Shop shop)
    {
        var admin = new Browser(shop);
        await admin.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        return admin;
    }
}
