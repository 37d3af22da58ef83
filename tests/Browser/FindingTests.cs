using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

/// <summary>Finding products: with the keyboard, while typing, and with filters on a phone.</summary>
public sealed class FindingTests(Shop shop)
{
    [Fact]
    public async Task The_skip_link_moves_the_focus_to_the_content()
    {
        var page = await shop.VisitAsync();
        await page.GotoAsync("/?type=2");

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#content")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");

        Assert.True(await page.EvaluateAsync<bool>("document.getElementById('content').contains(document.activeElement)"));
    }

    [Fact]
    public async Task Suggestions_are_chosen_with_the_keyboard()
    {
        var page = await shop.VisitAsync();
        await page.GotoAsync("/products/3");
        var search = page.GetByRole(AriaRole.Combobox, new() { Name = "Search products" });
        await page.Locator("#search").FocusAsync();
        await page.Keyboard.TypeAsync("sudnay taepot");

        var first = page.GetByRole(AriaRole.Option).First;
        await Expect(first).ToContainTextAsync("Sunday Teapot");
        await Expect(first).ToContainTextAsync("€42.00");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(first).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(search).ToHaveAttributeAsync("aria-activedescendant", "suggestion-0");
        Assert.Empty(await page.FindingsAsync("open suggestions"));

        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(0);
        await Expect(search).ToHaveValueAsync("sudnay taepot");

        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(first).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/products/2$"));

        // The address changes before the page, which has a field of its own.
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sunday Teapot");

        // Enter without a choice searches.
        await page.Locator("#search").FillAsync("radio");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex(@"/\?q=radio$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("radio");
    }

    [Theory]
    [InlineData("sunday teapot", "1 suggestion. Use the arrow keys to choose one.")]
    [InlineData("teapot", "[0-9]+ suggestions. Use the arrow keys to choose one.")]
    public async Task Suggestions_are_counted_for_screen_readers(string text, string announced)
    {
        var page = await shop.VisitAsync();
        await page.GotoAsync("/products/3");
        await page.Locator("#search").FocusAsync();
        await page.Keyboard.TypeAsync(text);

        await Expect(page.Locator("#announcer")).ToHaveTextAsync(new Regex($"^{announced}$"));
    }

    [Fact]
    public async Task What_is_typed_before_the_script_has_loaded_is_suggested()
    {
        var page = await shop.VisitAsync();
        var wasTyped = new TaskCompletionSource();
        await page.RouteAsync("**/js/suggest*.js", async route =>
        {
            await wasTyped.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/products/3");

        await page.Locator("#search").FocusAsync();
        await page.Keyboard.TypeAsync("taepot");
        wasTyped.SetResult();

        await Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("Teapot");
    }

    [Fact]
    public async Task Suggestions_that_cannot_be_had_now_are_asked_for_again()
    {
        var page = await shop.VisitAsync();
        var isAway = true;
        await page.RouteAsync("**/api/catalog/suggestions?*", route =>
        {
            (var wasAway, isAway) = (isAway, false);
            return wasAway
                ? route.FulfillAsync(new() { Status = 503, Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } })
                : route.ContinueAsync();
        });
        await page.GotoAsync("/products/3");

        await page.Locator("#search").FocusAsync();
        await page.Keyboard.TypeAsync("taepot");

        await Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("Teapot");
        Assert.False(isAway);
    }

    [Fact]
    public async Task What_is_typed_while_the_next_page_arrives_is_kept()
    {
        var page = await shop.VisitAsync();
        var wasTyped = new TaskCompletionSource();
        await page.RouteAsync("**/orders", async route =>
        {
            await wasTyped.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/products/3");
        await page.WaitForFunctionAsync("() => window.Blazor?.navigateTo");

        await page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "Orders" }).ClickAsync();
        await page.Locator("#search").FocusAsync();
        await page.Keyboard.TypeAsync("taepot");
        wasTyped.SetResult();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("orders");
        await Expect(page.Locator("#search")).ToHaveValueAsync("taepot");
        await Expect(page.Locator("#search")).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("Teapot");
    }

    [Fact]
    public async Task Suggestions_that_arrive_with_the_next_page_are_shown()
    {
        var page = await shop.VisitAsync();
        await page.AddInitScriptAsync(
            """
            const send = window.fetch;
            window.fetch = async (...request) => {
              const response = await send(...request);
              if (`${request[0]}`.includes("text=taepot")) {
                await new Promise(resolve => Blazor.addEventListener("enhancedload", window.waits = resolve));
              }
              return response;
            };
            """);
        await page.GotoAsync("/products/3");
        await page.WaitForFunctionAsync("() => window.Blazor?.navigateTo");

        await page.Locator("#search").FocusAsync();
        await page.Keyboard.TypeAsync("taepot");
        await page.WaitForFunctionAsync("() => window.waits");
        await page.EvaluateAsync("Blazor.navigateTo('/orders')");

        await Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("Teapot");
    }

    [Fact]
    public async Task The_filters_of_a_phone_stay_open_while_choices_are_made()
    {
        var page = await shop.VisitAsync(width: 360);
        await page.GotoAsync("/?q=teapot");
        var sheet = page.Locator("details.filters");

        await sheet.Locator("summary").ClickAsync();
        await sheet.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^In stock") }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("stock=1"));
        await Expect(sheet).ToHaveAttributeAsync("open", "");
        await sheet.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Fennel") }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("brand="));
        await Expect(sheet).ToHaveAttributeAsync("open", "");
        Assert.Empty(await page.FindingsAsync("/, open filters"));

        await sheet.Locator("summary").ClickAsync();
        await Expect(sheet).Not.ToHaveAttributeAsync("open", "");
        await page.Locator("#sort").SelectOptionAsync("price");
        await Expect(page).ToHaveURLAsync(new Regex("sort=price"));
        await Expect(sheet).Not.ToHaveAttributeAsync("open", "");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/products/2")]
    [InlineData("/privacy")]
    public async Task No_page_breaks_its_content_security_policy(string path)
    {
        var page = await shop.VisitAsync();
        List<string> messages = [];
        page.Console += (_, message) => messages.Add(message.Text);

        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.DoesNotContain(messages, message => message.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase));
    }
}
