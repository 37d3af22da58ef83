using System.Net;
using System.Text.RegularExpressions;
using Contracts.Audit;
using Microsoft.Extensions.DependencyInjection;
using WebApp.BackOffice.Audit;
using WebApp.Tests.Setup;

namespace WebApp.Tests.BackOffice;

/// <summary>What administrators did in all services, in the back office.</summary>
public sealed partial class AuditPageTests(TestServers servers)
{
    private const string Queue = "audit.record-action";
    private const string RoleGiven = "Gave a role admin@shop.localhost admin Settings of the shop";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly Guid Stranger = Guid.CreateVersion7();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Actions_OfAllServices_AreShown_NewestFirst()
    {
        await using var shop = await OpenAsync();
        var admin = await AdminAsync(shop);
        await KeepAsync(shop, new RecordAction(Stranger, "product.price-changed", "7", "Trail Lamp", "24.99 → 19.99 EUR"));
        await KeepAsync(shop, new RecordAction(Stranger, "order.shipped", $"{Stranger}", "SH-48213"), "ordering-api");
        await KeepAsync(shop, new RecordAction(Stranger, "product.frobnicated", "8"));

        await admin.GetAsync("/admin/audit");

        Assert.Equal(
            [
                $"product.frobnicated Product (No. 8) {Stranger}", $"Shipped an order SH-48213 {Stranger}",
                $"Changed a price Trail Lamp (No. 7) 24.99 → 19.99 EUR {Stranger}", RoleGiven,
            ],
            RowsOf(admin));
        Assert.Contains("Trail Lamp (No. 7) 24.99 → 19.99 EUR", TextOf(admin.Html), StringComparison.Ordinal);
        Assert.Contains($"href=\"/admin/orders/{Stranger}\"", admin.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/admin/products/7\"", admin.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("product.price-changed", "7", "product.discontinued", "/admin/products/7")]
    [InlineData("webhook.changed", "01a22901-0000-7000-8000-000000000000", "webhook.deleted", "/admin/webhooks/")]
    public async Task Actions_OnWhatWasRemovedLater_AreNotLinked(string action, string subject, string removal, string link)
    {
        await using var shop = await OpenAsync();
        var admin = await AdminAsync(shop);
        var sender = action.StartsWith("product", StringComparison.Ordinal) ? "catalog-api" : "ordering-api";
        await KeepAsync(shop, new RecordAction(Stranger, action, subject), sender);
        await admin.GetAsync("/admin/audit");
        Assert.Contains($"href=\"{link}", admin.Html, StringComparison.Ordinal);

        await KeepAsync(shop, new RecordAction(Stranger, removal, subject), sender);

        foreach (var path in (string[])["/admin/audit", $"/admin/audit?action={action}"])
        {
            await admin.GetAsync(path);
            Assert.Contains(RowsOf(admin), row => row.Contains(subject, StringComparison.Ordinal));
            Assert.DoesNotContain($"href=\"{link}", admin.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task EmptyingTheMailbox_IsKept_WhenItSucceeds()
    {
        await using var shop = await OpenAsync(settings => settings["Mailbox:Url"] = "http://mail-sink");
        var admin = await AdminAsync(shop);
        var mail = new { id = Stranger, at = DateTimeOffset.UnixEpoch, from = "a@example.com", to = Array.Empty<string>(), subject = "Hi" };
        shop.Fakes.Json("GET /api/mails", new { count = 1, data = new[] { mail } });
        await admin.GetAsync("/admin/mailbox");
        shop.Fakes.Status("DELETE /api/mails", HttpStatusCode.ServiceUnavailable);
        await admin.SubmitAsync("/admin/mailbox/delete");
        shop.Fakes.Status("DELETE /api/mails", HttpStatusCode.NoContent);
        await admin.GetAsync("/admin/mailbox");

        await admin.SubmitAsync("/admin/mailbox/delete");
        await shop.Broker.WaitUntilHandledAsync<RecordAction>(Queue, kept => kept.Action == "mailbox.emptied", Stop)
            .WaitAsync(Patience, Stop);

        await admin.GetAsync("/admin/audit");
        Assert.Equal([$"Emptied the mailbox Mailbox {Shop.AdminEmail}", RoleGiven], RowsOf(admin));
        Assert.Contains("href=\"/admin/mailbox\"", admin.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Action_ThatIsDeliveredTwice_IsKeptOnce_AndOneOfAnotherSenderIsNot()
    {
        await using var shop = await OpenAsync();
        var admin = await AdminAsync(shop);
        var (shipped, id) = (new RecordAction(Stranger, "order.shipped", $"{Stranger}", "SH-48213"), Guid.CreateVersion7());

        shop.Broker.Send(shipped, shipped.SubjectId, id, "ordering-api");
        shop.Broker.Send(shipped, shipped.SubjectId, id, "ordering-api");
        shop.Broker.Send(shipped with { Detail = "forged" }, shipped.SubjectId, sender: "basket-api");

        // Messages with one key are handled in their order.
        await KeepAsync(shop, shipped with { Action = "order.refunded", Detail = "€5.00" }, "ordering-api");
        await admin.GetAsync("/admin/audit");
        Assert.Equal(
            [$"Refunded an order SH-48213 €5.00 {Stranger}", $"Shipped an order SH-48213 {Stranger}", RoleGiven], RowsOf(admin));
    }

    [Fact]
    public async Task Filters_ByActionAndPerson_AndPages_KeepEachOther()
    {
        await using var shop = await OpenAsync();
        var admin = await AdminAsync(shop);
        var other = Guid.CreateVersion7();
        for (var i = 1; i <= AdminActions.PageSize + 1; i++)
        {
            await KeepAsync(shop, new RecordAction(Stranger, "product.stock-changed", $"{i}", Detail: $"{i}"));
        }

        await KeepAsync(shop, new RecordAction(other, "product.stock-changed", "99"));
        await KeepAsync(shop, new RecordAction(Stranger, "product.created", "98"));

        await admin.GetAsync($"/admin/audit?action=product.stock-changed&actor={Stranger}");
        Assert.Equal(AdminActions.PageSize, RowsOf(admin).Length);
        Assert.Contains($"Set the stock Product (No. 51) 51 {Stranger}", RowsOf(admin));
        var next = $"/admin/audit?action=product.stock-changed&actor={Stranger}&page=2";
        Assert.Contains($"href=\"{next}\"", admin.Html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{Stranger}\" selected", admin.Html, StringComparison.Ordinal);
        await admin.GetAsync(next);
        Assert.Equal([$"Set the stock Product (No. 1) 1 {Stranger}"], RowsOf(admin));

        await admin.GetAsync($"/admin/audit?action=&actor={other}");
        Assert.Equal([$"Set the stock Product (No. 99) {other}"], RowsOf(admin));
        await admin.GetAsync($"/admin/audit?action=order.shipped&actor=nobody");
        Assert.Empty(RowsOf(admin));
        Assert.Contains("No action matches.", admin.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_IsForAdministratorsOnly()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var (guest, customer) = (new Browser(shop), new Browser(shop));
        await customer.RegisterAsync("ada@example.com", "a few good words");

        using var asked = await guest.GetAsync("/admin/audit");
        using var denied = await customer.GetAsync("/admin/audit");

        Assert.Contains("/sign-in?returnUrl=", $"{asked.Headers.Location}", StringComparison.Ordinal);
        Assert.Contains("/denied", $"{denied.Headers.Location}", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, denied.StatusCode);
    }

    [Fact]
    public async Task Actions_AreDeletedAfterTheirTime()
    {
        await using var shop = await OpenAsync(settings => settings["Audit:RetentionDays"] = "10");
        await KeepAsync(shop, new RecordAction(Stranger, "product.created", "98"));
        await using var scope = shop.Services.CreateAsyncScope();
        var actions = scope.ServiceProvider.GetRequiredService<AdminActions>();

        shop.Clock.Advance(TimeSpan.FromDays(9));
        Assert.Equal(0, await actions.DeleteOldAsync(Stop));
        shop.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(2, await actions.DeleteOldAsync(Stop));
    }

    [Fact]
    public async Task DeadLetters_AreLinked_WhereFlowsRuns()
    {
        await using var shop = await OpenAsync();
        await using var beside = shop.OpenReplica(settings => settings["Flows:Url"] = "http://localhost:5200/flows");
        beside.Fakes.WithCatalog().WithBasket(Things.Basket());
        var admin = await AdminAsync(shop);

        await admin.GetAsync("/admin/audit");
        Assert.DoesNotContain("Dead letters", admin.Html, StringComparison.Ordinal);
        admin = admin.At(beside);
        await admin.GetAsync("/admin/audit");
        Assert.Contains("href=\"http://localhost:5200/dead-letters\"", admin.Html, StringComparison.Ordinal);
    }

    /// <summary>A shop that has kept its first action: its settings give a role to the administrator.</summary>
    private async Task<Shop> OpenAsync(Action<Dictionary<string, string?>>? change = null)
    {
        var shop = await Shop.OpenAsync(servers, change);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket());
        _ = shop.Server;
        await shop.Broker.WaitUntilHandledAsync<RecordAction>(Queue, given => given.Action == "account.role-given", Stop)
            .WaitAsync(Patience, Stop);
        return shop;
    }

    private static async Task<Browser> AdminAsync(Shop shop)
    {
        var admin = new Browser(shop);
        await admin.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        return admin;
    }

    /// <summary>Sends the command as this service would, and waits until it is handled.</summary>
    private static async Task KeepAsync(Shop shop, RecordAction action, string sender = "catalog-api")
    {
        var id = Guid.CreateVersion7();
        shop.Broker.Send(action, action.SubjectId, id, sender);
        await shop.Broker.WaitUntilHandledAsync(Queue, id, Stop).WaitAsync(Patience, Stop);
    }

    /// <summary>The rows of the page as text, without their times.</summary>
    private static string[] RowsOf(Browser browser) =>
    [
        .. Rows().Matches(browser.Html).Select(row => Spaces().Replace(
            WebUtility.HtmlDecode(Tags().Replace(row.Groups["row"].Value, " ")), " ").Trim()),
    ];

    /// <summary>What a browser shows in one line.</summary>
    private static string TextOf(string html) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(html, "")), " ");

    [GeneratedRegex("<li>\\s*<div class=\"what\">(?<row>.*?)<span class=\"muted small\"><time", RegexOptions.Singleline)]
    private static partial Regex Rows();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
