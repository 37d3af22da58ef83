using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

/// <summary>How a page arrives: what it shows comes first, in few and small files (docs/storefront.md).</summary>
public sealed class LoadingTests(Shop shop)
{
    [Fact]
    public async Task The_one_file_of_styles_has_the_rules_of_its_parts()
    {
        var page = await shop.VisitAsync();
        await page.GotoAsync("/");

        // The browser writes each rule in its own words, but keeps the spaces in values with variables.
        var (joined, parts) = await page.EvaluateAsync<string[][]>(
            """
            async () => {
              const rules = async path => {
                const sheet = new CSSStyleSheet();
                await sheet.replace(await (await fetch(path)).text());
                return [...sheet.cssRules].map(rule => rule.cssText.replace(/\s+/g, " ").replaceAll(", ", ","));
              };
              const parts = ["base", "elements", "layout", "account", "admin", "back-office", "catalog", "orders"];
              return [
                await rules(document.querySelector("link[rel=stylesheet]").href),
                (await Promise.all(parts.map(part => rules(`/css/${part}.css`)))).flat(),
              ];
            }
            """) is [var first, var second] ? (first, second) : default;

        Assert.NotEmpty(parts);
        Assert.Equal(parts, joined);
    }

    [Fact]
    public async Task Styles_and_scripts_are_sent_compressed()
    {
        var page = await shop.VisitAsync();
        await page.GotoAsync("/", new() { WaitUntil = WaitUntilState.NetworkIdle });

        var large = await page.EvaluateAsync<string[]>(
            """
            () => performance.getEntriesByType("resource")
              .filter(file => /[.](css|js)$/.test(file.name) && file.decodedBodySize > 4000)
              .filter(file => file.encodedBodySize > file.decodedBodySize / 2)
              .map(file => `${file.name} has ${file.encodedBodySize} of ${file.decodedBodySize} bytes`)
            """);

        Assert.Empty(large);
    }

    [Fact]
    public async Task Scripts_that_only_add_to_a_page_load_after_it_and_then_links_keep_the_page()
    {
        var page = await shop.VisitAsync();
        await page.GotoAsync("/products/2");
        await page.WaitForFunctionAsync("() => window.Blazor && window.signalR");

        var early = await page.EvaluateAsync<string[]>(
            """
            () => {
              const loaded = performance.getEntriesByType("navigation")[0].loadEventStart;
              return performance.getEntriesByType("resource")
                .filter(file => /blazor|signalr|live/.test(file.name) && file.startTime < loaded).map(file => file.name);
            }
            """);
        Assert.Empty(early);

        await page.EvaluateAsync("window.isKept = true");
        await page.Locator(".crumbs a").First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/$"));
        Assert.True(await page.EvaluateAsync<bool>("window.isKept"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_form_that_is_sent_early_waits_for_the_script_that_keeps_the_page(bool arrives)
    {
        var page = await shop.VisitAsync();
        var wasSent = new TaskCompletionSource();
        await page.RouteAsync("**/_framework/*", async route =>
        {
            await wasSent.Task;
            await (arrives ? route.ContinueAsync() : route.AbortAsync());
        });
        await page.GotoAsync("/?stock=1");
        await page.EvaluateAsync("window.isKept = true");

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Add .* to basket$") }).Last.ClickAsync();
        wasSent.SetResult();

        await Expect(page.Notice("is in your basket.")).ToBeVisibleAsync();
        Assert.Equal(arrives, await page.EvaluateAsync<bool>("window.isKept ?? false"));
    }

    [Fact]
    public async Task A_form_that_is_sent_early_and_offline_stays_and_can_be_sent_again()
    {
        var page = await shop.VisitAsync();
        var wasSent = new TaskCompletionSource();
        await page.RouteAsync("**/_framework/*", async route =>
        {
            await wasSent.Task;
            await route.AbortAsync("internetdisconnected");
        });
        await page.GotoAsync("/products/8");
        await page.Context.SetOfflineAsync(true);
        var add = page.GetByRole(AriaRole.Button, new() { Name = "Add to basket", Exact = true });

        await add.ClickAsync();
        wasSent.SetResult();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("You seem to be offline. Try again.");
        await page.UnrouteAllAsync();
        await page.Context.SetOfflineAsync(false);
        await add.ClickAsync();

        await Expect(page.Notice("is in your basket.")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(390, false)]
    [InlineData(1280, true)]
    public async Task The_pictures_of_the_band_are_loaded_where_they_are_shown(int width, bool areShown)
    {
        var page = await shop.VisitAsync(width: width);
        await page.GotoAsync("/");

        var loaded = await page.Locator(".band img").EvaluateAllAsync<string[]>(
            "images => images.map(image => image.currentSrc).filter(address => address.includes('/product-images/'))");

        Assert.Equal(areShown ? 3 : 0, loaded.Length);
    }
}
