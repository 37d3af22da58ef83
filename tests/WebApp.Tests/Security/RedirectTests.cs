using WebApp.Tests.Setup;

namespace WebApp.Tests.Security;

/// <summary>Addresses of other sites in <c>returnUrl</c>.</summary>
public sealed class RedirectTests(TestServers servers)
{
    private static readonly string[] Elsewhere =
    [
        "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "/\r\n/evil.example",
        "https:evil.example", "javascript:alert(1)", "evil.example", "/..//evil.example", "/.//evil.example", "/%2f/evil.example",
        "https:\\\\evil.example", " https://evil.example",
    ];

    [Fact]
    public async Task EveryForm_LeadsToAPageOfTheShop_WhateverItsReturnUrlIs()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket()).Grpc("AddItem", Things.Basket(Things.Line()));
        var visitor = new Browser(shop);

        foreach (var (returnUrl, number) in Elsewhere.Select((returnUrl, number) => (returnUrl, number)))
        {
            await visitor.GetAsync("/products/1");
            using var added = await visitor.SubmitAsync("/basket/add", ("returnUrl", returnUrl));
            await visitor.GetAsync("/products/1");
            using var themed = await visitor.SubmitAsync("/theme", ("theme", "dark"), ("returnUrl", returnUrl));
            var register = $"/register?returnUrl={Uri.EscapeDataString(returnUrl)}";
            await visitor.GetAsync(register);
            using var registered = await visitor.SubmitAsync(
                register, ("Form.Name", "Ada"), ("Form.Email", $"ada{number}@example.com"), ("Form.Password", "a few good words"));

            Assert.All([added, themed, registered], answer => AssertIsHere(returnUrl, answer));
        }
    }

    // As a browser resolves it: backslashes are slashes, and control characters are left out.
    private static void AssertIsHere(string returnUrl, HttpResponseMessage answer)
    {
        var location = Assert.Single(answer.Headers.GetValues("Location"));
        var plain = string.Concat(location.Where(character => !char.IsControl(character))).Replace('\\', '/');
        var target = new Uri(new Uri("https://shop.example/"), plain);
        Assert.True(target.Host == "shop.example", $"'{returnUrl}' leads to '{location}'.");
        Assert.DoesNotMatch("^[/\\\\]{2}", location);
    }
}
