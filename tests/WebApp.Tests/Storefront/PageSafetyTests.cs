using System.Net;
using System.Text.RegularExpressions;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

public sealed partial class PageSafetyTests(TestServers servers)
{
    [Fact]
    public async Task Forms_WithoutTheirToken_ChangeNothing()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket()).Grpc("AddItem", Things.Basket(Things.Line()));
        var browser = new Browser(shop);
        await browser.GetAsync("/");

        string[] paths =
        [
            "/basket/add", "/basket/set", "/basket/remove", "/theme", "/sign-out", "/sign-in", "/checkout",
            $"/orders/{Guid.NewGuid()}/cancel",
        ];
        foreach (var path in paths)
        {
            using var response = await browser.PostAsync(
                path, ("productId", "1"), ("quantity", "1"), ("theme", "dark"), ("_handler", "sign-in"));
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }

        Assert.Empty(shop.Fakes.CallsOf("AddItem"));
    }

    [Fact]
    public async Task Pages_CarryAPolicy_AndNothingItForbids()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket(Things.Line()));
        var browser = new Browser(shop);
        await browser.RegisterAsync("ada@example.com", "a few good words");

        string[] paths =
        [
            "/", "/products/1", "/terms", "/basket", "/checkout", "/sign-in", "/register", "/account", "/account/password",
            "/account/second-factor", "/no/such/page",
        ];
        foreach (var path in paths)
        {
            using var response = await browser.GetAsync(path);
            var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));

            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.DoesNotMatch(InlineCode(), browser.Html);
        }
    }

    [Fact]
    public async Task GuestCookie_IsHttpOnly_AndAForgedOneIsIgnored()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket()).Grpc("AddItem", Things.Basket(Things.Line()));
        var browser = new Browser(shop);
        using var first = await browser.GetAsync("/");

        using var added = await browser.SubmitAsync("/basket/add");
        var cookie = added.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("shop.guest=", StringComparison.Ordinal));

        Assert.DoesNotContain(first.Headers.GetValues("Set-Cookie"), value => value.StartsWith("shop.guest", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);

        using var http = shop.CreateClient();
        http.DefaultRequestHeaders.Add("Cookie", $"shop.guest={Guid.NewGuid()}");
        var calls = shop.Fakes.Calls.Count(call => call.Token is not null);
        using var page = await http.GetAsync("/orders", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(calls, shop.Fakes.Calls.Count(call => call.Token is not null));
    }

    [Fact]
    public async Task Theme_IsInTheFirstResponse_AndItsButtonIsPressed()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog();
        var browser = new Browser(shop);
        await browser.GetAsync("/sign-in");
        Assert.DoesNotContain("data-theme", browser.Html, StringComparison.Ordinal);
        Assert.Contains("""value="system" aria-pressed="true">""", browser.Html, StringComparison.Ordinal);

        using var chosen = await browser.SubmitAsync("/theme", ("theme", "dark"));
        await browser.GetAsync("/sign-in");

        Assert.Equal("/sign-in", chosen.Headers.Location!.ToString());
        Assert.Contains("""<html lang="en" data-theme="dark">""", browser.Html, StringComparison.Ordinal);
        Assert.Contains("""value="dark" aria-pressed="true">""", browser.Html, StringComparison.Ordinal);
        Assert.Contains("""value="system" aria-pressed="false">""", browser.Html, StringComparison.Ordinal);
    }

    // Data of schema.org is no script, and the policy does not apply to it.
    [GeneratedRegex(
        """<script(?![^>]*\ssrc=)(?! type="application/ld\+json">)|<style|\sstyle=|\son[a-z]+=|javascript:""", RegexOptions.IgnoreCase)]
    private static partial Regex InlineCode();
}
