using WebApp.Storefront;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

public sealed class RedirectTests(TestServers servers)
{
    private const string Search = "/?q=käse";

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/orders?page=2", "/orders?page=2")]
    [InlineData("/?q=käse", "/?q=k%C3%A4se")]
    [InlineData("/?q=치즈 🧀", "/?q=%EC%B9%98%EC%A6%88 %F0%9F%A7%80")]
    [InlineData("/?q=k%C3%A4se", "/?q=k%C3%A4se")]
    [InlineData("/..//example.com", "/..//example.com")]
    [InlineData("//example.com", "/")]
    [InlineData("/\\example.com", "/")]
    [InlineData("/a\r\nSet-Cookie: a=b", "/")]
    [InlineData("https://example.com", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void Safe_IsAPathOfTheShop_InAscii(string? returnUrl, string expected) => Assert.Equal(expected, LocalRedirects.Safe(returnUrl));

    [Fact]
    public async Task SigningIn_WithAReturnUrlBeyondAscii_LeadsThere()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var browser = new Browser(shop);
        var path = $"/sign-in?returnUrl={Uri.EscapeDataString(Search)}";
        await browser.GetAsync(path);

        using var response = await browser.SubmitAsync(path, ("Form.Email", Shop.AdminEmail), ("Form.Password", Shop.AdminPassword));

        Assert.EndsWith("/?q=k%C3%A4se", RawLocation(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChoosingATheme_OnAPageBeyondAscii_LeadsBackThere()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var browser = new Browser(shop);
        await browser.GetAsync("/sign-in");

        using var response = await browser.SubmitAsync("/theme", ("theme", "dark"), ("returnUrl", Search));

        Assert.EndsWith("/?q=k%C3%A4se", RawLocation(response), StringComparison.Ordinal);
    }

    // As it is sent: Kestrel refuses a header beyond ASCII, the test server does not.
    private static string RawLocation(HttpResponseMessage response) => Assert.Single(response.Headers.GetValues("Location"));
}
