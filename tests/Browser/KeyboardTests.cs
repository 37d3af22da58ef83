using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

public sealed class KeyboardTests(Shop shop)
{
    // Header and notice come before the content, and a page has few controls between two that are used one after the other.
    private const int MostTabs = 40;

    [Fact]
    public async Task With_the_keyboard_alone_a_guest_searches_and_pays()
    {
        var page = await shop.VisitAsync();
        await page.GotoAsync("/");

        await TabToAsync(page, page.Locator("#search"));
        await page.Keyboard.TypeAsync("teapot");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("q=teapot"));
        await TabToAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Sunday Teapot" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/products/2$"));
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Add to basket", Exact = true }));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Go to basket" }));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Check out" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/checkout$"));

        foreach (var (label, text) in ((string, string)[])
            [("Name", "Ada Browser"), ("E-mail", "ada@example.com"), ("Street", "1 Harbour Road"), ("Postal code", "4000-001"),
            ("City", "Porto"), ("Country", "Portugal"), ("Card number", Shopping.Pays), ("Name on the card", "Ada Browser"),
            ("Valid until", "12/40"), ("Security code", "123")])
        {
            await TabToAsync(page, page.GetByLabel(label, new() { Exact = label == "Name" }));
            await page.Keyboard.TypeAsync(text);
        }

        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Buy now" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Step("Paid")).ToBeVisibleAsync();
    }

    /// <summary>Presses Tab until the element has the focus, which must be visible then.</summary>
    private static async Task TabToAsync(IPage page, ILocator element)
    {
        await Expect(element).ToBeVisibleAsync();
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await element.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                Assert.True(await element.EvaluateAsync<bool>("element => element.matches(':focus-visible')"));
                return;
            }
        }

        Assert.Fail($"{MostTabs} Tabs do not reach {element}.");
    }
}
