using Flows.Tests.Scenarios;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Flows.Tests.Pages;

/// <summary>A row that moves just before a click would be opened by mistake, so rows keep their places while they are read.</summary>
public sealed class HeldRowsTests
{
    [Theory]
    [InlineData("/messages")]
    [InlineData("/flows")]
    public async Task NewRows_WaitWhileThePointerIsInTheList(string path)
    {
        await using var app = await RunningFlows.StartAsync();
        await SendAsync(app, "order-1");
        await using var visit = await VisitAsync(app, path);
        var page = visit.Page;
        var rows = page.Locator("tbody tr[data-href]");
        await Expect(rows).ToHaveCountAsync(1);
        await rows.First.HoverAsync();

        await SendAsync(app, "order-2");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "1 new" })).ToBeVisibleAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows.First).ToContainTextAsync("order-1");

        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).HoverAsync();
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(rows.First).ToContainTextAsync("order-2");
    }

    [Fact]
    public async Task NewRows_WaitWhileARowHasTheFocus_UntilTheyAreAskedFor()
    {
        await using var app = await RunningFlows.StartAsync();
        await SendAsync(app, "order-1");
        await using var visit = await VisitAsync(app, "/messages");
        var page = visit.Page;
        var rows = page.Locator("tbody tr[data-href]");
        await Expect(rows).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("j");
        await Expect(rows.First.GetByRole(AriaRole.Link)).ToBeFocusedAsync();

        await SendAsync(app, "order-2");
        await page.GetByRole(AriaRole.Button, new() { Name = "1 new" }).ClickAsync();

        await Expect(rows.First).ToContainTextAsync("order-2");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "1 new" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Row_ThatIsMoved_KeepsTheFocus()
    {
        await using var app = await RunningFlows.StartAsync();
        await SendAsync(app, "order-1");
        await SendAsync(app, "order-2");
        await using var visit = await VisitAsync(app, "/messages");
        var rows = visit.Page.Locator("tbody tr[data-href]");
        await Expect(rows).ToHaveCountAsync(2);
        await visit.Page.Keyboard.PressAsync("j");

        await rows.First.EvaluateAsync("row => { const next = row.nextSibling; row.remove(); next.before(row); }");

        await Expect(rows.First.GetByRole(AriaRole.Link)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task HeldRow_ShowsItsNewState_AndStaysThoughTheFilterExcludesIt()
    {
        await using var app = await RunningFlows.StartAsync();
        var script = Script();
        var placed = new Message("ordering.order-placed", "event", "m1", "order-1", "order-1", RequiredBy: ["catalog-api"]);
        var created = script.Create("ordering-api", placed, 5, script.Server("ordering-api", "POST", 0, 10));
        using var first = await app.SendAsync("/v1/traces", script.Build());
        await using var visit = await VisitAsync(app, "/messages?state=InFlight");
        var row = visit.Page.Locator("tbody tr[data-href]");
        await row.HoverAsync();
        await Expect(row).ToContainTextAsync("In flight");

        script.Process("catalog-api", placed, new Handling("catalog-api", 5, 6, 7, 8, 9), created);
        using var second = await app.SendAsync("/v1/traces", script.Build());

        await Expect(row).ToContainTextAsync("Handled");
        await visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).HoverAsync();
        await Expect(row).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task HeldRows_OfMessagesThatShareAnId_StayTheirOwn()
    {
        await using var app = await RunningFlows.StartAsync();
        await SendAsync(app, "order-1", id: "shared");
        await SendAsync(app, "order-2", id: "shared");
        await using var visit = await VisitAsync(app, "/messages");
        var rows = visit.Page.Locator("tbody tr[data-href]");
        await Expect(rows).ToHaveCountAsync(2);
        await rows.First.HoverAsync();

        await SendAsync(app, "order-3");

        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "1 new" })).ToBeVisibleAsync();
        await Expect(rows.First).ToContainTextAsync("order-2");
        await Expect(rows.Last).ToContainTextAsync("order-1");
    }

    [Fact]
    public async Task LongList_OnAPhone_BeginsWithTheNewestRow()
    {
        await using var app = await RunningFlows.StartAsync();
        for (var number = 1; number <= 130; number++)
        {
            await SendAsync(app, $"order-{number}");
        }

        await using var visit = await VisitAsync(app, "/messages", width: 360);

        await Expect(visit.Page.Locator("tbody tr[data-href]").First).ToHaveAttributeAsync("data-href", "/messages/m-order-130");
        await Expect(visit.Page.Locator("tbody tr").First).ToHaveCSSAsync("height", "0px");
    }

    private static SpanScript Script() => new(TimeProvider.System.GetUtcNow().AddSeconds(-1));

    private static async Task SendAsync(RunningFlows app, string order, string? id = null)
    {
        var script = Script();
        var paid = new Message("ordering.order-paid", "event", id ?? $"m-{order}", order, order);
        script.Create("ordering-api", paid, 1, script.Server("ordering-api", "POST", 0, 2));
        using var sent = await app.SendAsync("/v1/traces", script.Build());
        sent.EnsureSuccessStatusCode();
    }

    private static async Task<Visit> VisitAsync(RunningFlows app, string path, int width = 1280)
    {
        var playwright = await Playwright.CreateAsync();
        var executable = await Chromium.FindOrInstallAsync(TestContext.Current.CancellationToken);
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = Chromium.Arguments });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        await page.GotoAsync(
            new Uri(app.Frontend, $"/login?t={RunningFlows.Token}&returnUrl={Uri.EscapeDataString(path)}").ToString());
        // The prerendered list has no spacers.
        await Expect(page.Locator("tbody tr:not([data-href])").First).ToBeAttachedAsync();
        return new Visit(playwright, browser, page);
    }

    private sealed record Visit(IPlaywright Playwright, IBrowser Browser, IPage Page) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Browser.DisposeAsync();
            Playwright.Dispose();
        }
    }
}
