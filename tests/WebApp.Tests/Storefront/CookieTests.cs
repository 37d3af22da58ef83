using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

/// <summary>The shop's cookies cannot be set by another host, read by scripts, or sent by other sites.</summary>
public sealed class CookieTests(TestServers servers)
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private static readonly Uri Secure = new("https://localhost");

    [Fact]
    public async Task EveryCookie_OnHttps_IsForThisHostOnly()
    {
        await using var shop = await BorrowAsync();
        var browser = new Browser(shop, https: true);
        List<string> cookies = [];
        await VisitAsync(browser, cookies);

        Assert.Equal(
            ["shop.auth", "shop.device", "shop.flash", "shop.form", "shop.guest", "shop.orders", "shop.placed", "shop.theme"],
            cookies.Select(cookie => cookie.Split('=')[0].Replace("__Host-", "", StringComparison.Ordinal)).Distinct().Order());
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-shop.", cookie, StringComparison.Ordinal);
            Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.Ordinal);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.All(cookies.Where(cookie => !cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.Ordinal)), cookie =>
        {
            Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
            Assert.Contains("; samesite=", cookie, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Cookies_OnHttp_HavePlainNames()
    {
        await using var shop = await BorrowAsync();
        List<string> cookies = [];

        await VisitAsync(new Browser(shop), cookies);

        Assert.All(cookies, cookie => Assert.StartsWith("shop.", cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task PlainCookie_OnHttps_IsIgnored_BecauseAnotherHostMayHaveSetIt()
    {
        await using var shop = await BorrowAsync();
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        using var http = shop.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = Secure, AllowAutoRedirect = false });

        using var plain = await AccountAsync("shop.auth=");
        using var prefixed = await AccountAsync("__Host-shop.auth=");

        Assert.Equal(HttpStatusCode.Found, plain.StatusCode);
        Assert.Equal(HttpStatusCode.OK, prefixed.StatusCode);

        Task<HttpResponseMessage> AccountAsync(string name)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/account");
            request.Headers.Add("Cookie", name + browser.ValueOf("shop.auth"));
            return http.SendAsync(request, Stop);
        }
    }

    private async Task<Shop> BorrowAsync()
    {
        var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket())
            .Grpc("AddItem", Things.Basket(Things.Line())).Grpc("Merge", Things.Basket(Things.Line()));
        return shop;
    }

    /// <summary>Puts something into the basket, signs in, chooses a theme and signs out.</summary>
    private static async Task VisitAsync(Browser browser, List<string> cookies)
    {
        Keep(await browser.GetAsync("/products/1"));
        Keep(await browser.SubmitAsync("/basket/add"));
        Keep(await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword));
        using var account = await browser.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, account.StatusCode);
        Keep(account);
        Keep(await browser.SubmitAsync("/theme", ("theme", "dark")));
        await browser.GetAsync("/account");
        Keep(await browser.SubmitAsync("/sign-out"));

        void Keep(HttpResponseMessage response) =>
            cookies.AddRange(response.Headers.TryGetValues("Set-Cookie", out var values) ? values : []);
    }
}
