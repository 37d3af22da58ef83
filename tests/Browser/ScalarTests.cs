using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

/// <summary>The documentation pages of the APIs.</summary>
public sealed class ScalarTests(Shop shop)
{
    [Fact]
    public async Task The_page_offers_nothing_of_its_vendor()
    {
        var page = await shop.VisitAsync();

        await page.GotoAsync(new Uri(shop.AddressOf("catalog-api"), "/scalar").ToString());

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Authorize", Exact = true }).First).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        foreach (var offer in new[] { "Ask AI", "Generate SDK", "Developer Tools", "Configure", "Share", "Deploy" })
        {
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = offer })).ToHaveCountAsync(0);
        }
    }

    [Theory]
    [InlineData("catalog-api", "/api/dead-letters/catalog-api")]
    [InlineData("basket-api", "/api/basket")]
    [InlineData("ordering-api", "/api/orders/all")]
    public async Task Authorize_signs_in_at_the_shop_and_gets_a_token(string api, string path)
    {
        var page = await shop.VisitAsync();
        List<string> elsewhere = [];
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { IsLoopback: false, Scheme: "http" or "https" })
            {
                elsewhere.Add(request.Url);
            }
        };
        await page.GotoAsync(new Uri(shop.AddressOf(api), "/scalar").ToString());
        var authorize = page.GetByRole(AriaRole.Button, new() { Name = "Authorize", Exact = true }).First;
        await Expect(authorize).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Empty(elsewhere);

        var window = await page.RunAndWaitForPopupAsync(() => authorize.ClickAsync());
        await window.GetByLabel("E-mail").FillAsync(Shop.AdminEmail);
        await window.GetByLabel("Password").FillAsync(shop.AdminPassword);
        var answer = await page.RunAndWaitForResponseAsync(
            () => window.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync(),
            response => response.Url.EndsWith("/connect/token", StringComparison.Ordinal));

        Assert.Equal(200, answer.Status);
        var token = (await answer.JsonAsync())!.Value.GetProperty("access_token").GetString();
        var status = await page.EvaluateAsync<int>(
            "async ([path, token]) => (await fetch(path, { headers: { Authorization: `Bearer ${token}` } })).status",
            new[] { path, token });
        Assert.Equal(200, status);
    }
}
