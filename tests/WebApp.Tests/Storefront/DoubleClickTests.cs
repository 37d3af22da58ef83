using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

/// <summary>A form that is sent twice by a double click does everything twice, unless its mark keeps the second click.</summary>
public sealed partial class DoubleClickTests(TestServers servers)
{
    private const string Ada = "ada@example.com";
    private const string Password = "a few good words";

    // These set what was chosen last, so a second choice must count while the first is being sent.
    private static readonly string[] LastChoiceCounts = ["action=\"/theme\"", "data-autosubmit"];

    [Fact]
    public async Task EveryFormThatChangesSomething_IsSentOnce()
    {
        await using var shop = await OpenAsync();
        var admin = new Browser(shop);
        await admin.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        List<string> forms = [];
        foreach (var path in PagesOf(shop))
        {
            await admin.GetAsync(path);
            forms.AddRange(FormsOf(admin));
        }

        foreach (var form in new[] { "sign-in", "register", "turn-on", "ship", "refund", "address", "password", "find", "row-1" })
        {
            Assert.True(forms.Any(shown => shown.Contains($"name=\"_handler\" value=\"{form}\"", StringComparison.Ordinal)), form);
        }

        foreach (var action in new[] { "/basket/add", "/basket/tidy", "/reorder", "/sign-out", "/switch", "/resend", "/retire" })
        {
            Assert.True(forms.Any(shown => shown.Contains($"{action}\"", StringComparison.Ordinal)), action);
        }

        Assert.Empty(SentTwice(forms));
    }

    [Fact]
    public async Task FormsBehindTheLinksOfMails_AreSentOnce()
    {
        await using var shop = await OpenAsync();
        var browser = new Browser(shop);
        await browser.GetAsync("/register");
        await browser.SubmitAsync("/register", ("Form.Name", "Ada"), ("Form.Email", Ada), ("Form.Password", Password));
        var confirm = (await shop.Mail.ReceivedAsync(Ada)).Path;
        await browser.GetAsync("/forgot-password");
        await browser.SubmitAsync("/forgot-password", ("Form.Email", Ada));
        var reset = (await shop.Mail.ReceivedAsync(Ada, "Choose a new password")).Path;

        foreach (var path in new[] { confirm, reset })
        {
            await browser.GetAsync(path);
            Assert.Contains(FormsOf(browser), form => form.Contains("Form.Password", StringComparison.Ordinal));
            Assert.Empty(SentTwice(FormsOf(browser)));
        }
    }

    private async Task<Shop> OpenAsync()
    {
        var (shop, id) = (await Shop.OpenAsync(servers), Guid.Empty);
        var (types, createdAt) = (Array.Empty<string>(), DateTime.UnixEpoch);
        var webhook = new { id, url = "https://example.com", eventTypes = types, active = true, createdAt };
        var delivery = new { id, messageId = id, eventType = "", status = "Failed", attempts = 1, createdAt };
        shop.Fakes.WithCatalog().WithBasket(Things.Basket(Things.Line(), Things.Line(id: 2, isAvailable: false)))
            .Json($"GET /api/orders/{id}", Things.Order(id, "Paid", steps: ["StockReserved", "Paid"]))
            .Json($"GET /api/webhooks/{id}", webhook).Json($"GET /api/webhooks/{id}/deliveries", Things.Page(delivery))
            .Json("GET /api/webhooks", Things.Page(webhook))
            .Json("GET /api/orders", Things.Page()).Json("GET /api/orders/all", Things.Page());
        return shop;
    }

    private static IEnumerable<string> PagesOf(Shop shop) =>
        from endpoint in shop.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
        select RouteAddress.Of(endpoint.RoutePattern);

    private static IEnumerable<string> FormsOf(Browser browser) => Forms().Matches(browser.Html).Select(match => match.Value);

    private static IEnumerable<string> SentTwice(IEnumerable<string> forms) => forms.Where(form =>
        form.Contains("method=\"post\"", StringComparison.Ordinal)
        && !form.Split('>')[0].Contains("data-once", StringComparison.Ordinal)
        && !LastChoiceCounts.Any(mark => form.Contains(mark, StringComparison.Ordinal)));

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();
}
