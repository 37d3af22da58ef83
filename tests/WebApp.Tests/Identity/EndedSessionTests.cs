using WebApp.Identity.Sessions;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity;

/// <summary>A form that is sent after the session has ended leads to the sign-in, and from there to a page.</summary>
public sealed class EndedSessionTests(TestServers servers)
{
    [Theory]
    [InlineData("/account?from=mail", "/account/sessions/end-others", "/account?from=mail")]
    [InlineData("/account/password", "/account/password", "/account/password")]
    public async Task Form_LeadsToItsPage(string page, string form, string returnUrl)
    {
        await using var shop = await Shop.OpenAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket());
        var browser = new Browser(shop);
        await browser.RegisterAsync("ada@example.com", "a few good words");
        await new Browser(shop).SignInAsync("ada@example.com", "a few good words");
        await browser.GetAsync(page);
        shop.Clock.Advance(SessionLifetime.Longest);

        using var refused = await browser.SubmitAsync(form);

        Assert.Equal($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", refused.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Form_WhosePageIsUnknown_LeadsToNoOther()
    {
        await using var shop = await Shop.BorrowAsync(servers);

        using var refused = await new Browser(shop).PostAsync("/account/sessions/end-others");

        Assert.Equal("/sign-in", refused.Headers.Location!.OriginalString);
    }
}
