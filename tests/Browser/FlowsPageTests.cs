using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

/// <summary>Every page of Flows: addresses, back, keys, live updates, pause, and axe in both themes.</summary>
public sealed class FlowsPageTests(Shop shop)
{
    private static readonly string[] Empty =
        ["/flows/unknown", "/messages/unknown", "/messages?q=unheard-of", "/flows?q=unheard-of", "/no/such/page"];

    [Fact]
    public Task The_pages_are_accessible_and_fit_a_phone_with_data_and_without() => PagesAsync(width: 360);

    /// <summary>Few elements differ from those of a phone, so it runs with tests/run-long.</summary>
    [Fact(Explicit = true)]
    public Task The_pages_are_accessible_on_a_wide_screen_with_data_and_without() => PagesAsync(width: 1440);

    private async Task PagesAsync(int width)
    {
        var page = await EnterAsync(width);
        var flow = await BuyAsync();
        await page.GotoAsync(At(page, $"/messages?q={flow}&type=ordering.take-payment"));
        var message = await page.Locator("a[data-row]").First.GetAttributeAsync("href");
        List<string> findings = [];

        string[] filled = ["/", "/flows", $"/flows/{flow}", "/messages", message!, "/topology", "/dead-letters"];
        foreach (var path in filled.Concat(Empty))
        {
            await OpenAsync(page, path);
            findings.AddRange(await page.FindingsAsync(path));
        }

        Assert.Empty(findings);
    }

    [Fact]
    public async Task Keys_lead_to_every_page_and_back_returns()
    {
        var page = await EnterAsync();
        (string Key, string Path)[] keys = [("f", "/flows"), ("m", "/messages"), ("t", "/topology"), ("d", "/dead-letters"), ("o", "/")];

        foreach (var (key, path) in keys)
        {
            await page.Keyboard.PressAsync(key);
            await Expect(page).ToHaveURLAsync(new Regex($"{path}$"));
            await Expect(page.Locator(".pages a.active")).ToHaveCountAsync(1);
        }

        await page.GoBackAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Dead letters" })).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("m");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Messages" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("mod");
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("mod");
        await Expect(page).ToHaveURLAsync(new Regex("/messages[?]q=mod$"));
    }

    [Fact]
    public async Task A_late_focus_of_the_heading_interrupts_neither_typing_nor_the_choice_of_a_row()
    {
        var page = await EnterAsync();
        await BuyAsync();
        await OpenAsync(page, "/messages");
        await page.Keyboard.PressAsync("/");

        await page.EvaluateAsync("focusHeading()");

        await Expect(page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.EvaluateAsync("focusHeading()");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();

        await Expect(page.Locator("tr[data-href]").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("j");
        await page.EvaluateAsync("focusHeading()");
        await Expect(page.Locator("[data-row]:focus")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Messages_appear_live_wait_while_paused_and_open_with_the_keyboard()
    {
        var page = await EnterAsync();
        var first = await BuyAsync();
        await OpenAsync(page, $"/messages?q={first}");
        await Expect(page.Locator("tbody tr", new() { HasText = "ordering.order-paid" })).ToHaveCountAsync(1);

        await OpenAsync(page, "/messages?type=ordering.order-placed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Go on" })).ToBeVisibleAsync();
        var second = await BuyAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Go on, .* new spans?") })).ToBeVisibleAsync();
        await Expect(page.Locator("tbody tr", new() { HasText = second })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Go on") }).ClickAsync();
        await Expect(page.Locator("tbody tr", new() { HasText = second })).ToHaveCountAsync(1);

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "ordering.order-placed" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "the whole flow" }).ClickAsync();
        await Expect(page.Locator("tr.selected", new() { HasText = "ordering.order-placed" })).ToBeVisibleAsync();
        await page.GoBackAsync();
        await page.GoBackAsync();
        await Expect(page).ToHaveURLAsync(new Regex("type=ordering.order-placed$"));
    }

    [Fact]
    public async Task The_topology_leads_from_a_queue_to_its_messages_and_the_flow_is_as_declared()
    {
        var page = await EnterAsync();
        var flow = await BuyAsync();
        await OpenAsync(page, "/topology?window=all");
        await page.Locator("a[href='/messages?queue=ordering.take-payment']").ClickAsync();
        await Expect(page.GetByLabel("Queue")).ToHaveValueAsync("ordering.take-payment");
        await Expect(page.Locator("tbody tr", new() { HasText = flow })).ToHaveCountAsync(1);

        await OpenAsync(page, $"/flows/{flow}");
        var expected = page.GetByRole(AriaRole.Region, new() { Name = "Expected steps" });
        await Expect(expected.Locator("tr", new() { HasText = "ordering.order-paid" }).GetByText("Done")).ToBeVisibleAsync();
        await Expect(expected.GetByText("Extra")).ToHaveCountAsync(0);
    }

    private async Task<IPage> EnterAsync(int width = 1280)
    {
        var page = await shop.VisitAsync(width: width);
        await page.CountTitlesAsync();
        await shop.EnterFlowsAsync(page);
        await page.IsInteractiveAsync();
        return page;
    }

    private static async Task OpenAsync(IPage page, string path)
    {
        await page.GotoAsync(At(page, path));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await page.IsInteractiveAsync();
    }

    private static string At(IPage page, string path) => new Uri(new Uri(page.Url), path).ToString();

    /// <summary>Buys something as another visitor, and returns the key of the order's flow.</summary>
    private async Task<string> BuyAsync()
    {
        var buyer = await shop.VisitAsync();
        await buyer.BuyAsync(productId: 3, Shopping.Pays);
        await Expect(buyer.Step("Paid")).ToBeVisibleAsync();
        return buyer.Url.Split('/')[^1];
    }
}
