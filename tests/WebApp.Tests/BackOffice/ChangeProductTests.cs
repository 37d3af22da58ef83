using System.Net;
using System.Text.Json;
using WebApp.Tests.Setup;

namespace WebApp.Tests.BackOffice;

/// <summary>Changing a product in the back office.</summary>
public sealed class ChangeProductTests(TestServers servers)
{
    [Theory]
    [InlineData("", "")]
    [InlineData("cheap", "many")]
    [InlineData("-1", "-1")]
    [InlineData("1e3", "1.5")]
    [InlineData("1.999", "12345678")]
    public async Task FaultyNumbers_AreNamedTogether_ShownAgain_AndNotSent(string price, string stock)
    {
        await using var shop = await Shop.OpenAsync(servers);
        shop.Fakes.WithCatalog();
        var admin = new Browser(shop);
        await admin.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        await admin.GetAsync("/admin/products/1");

        using var page = await admin.SubmitAsync("/admin/products/1", ("Form.Price", price), ("Form.Stock", stock));

        Assert.Contains("Enter an amount, like 19.90.", admin.Html, StringComparison.Ordinal);
        Assert.Contains("Enter a whole number, 0 or more.", admin.Html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{price}", admin.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(shop.Fakes.Calls, call => call.Call.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("12", null)]
    [InlineData("20", 20)]
    public async Task Stock_IsSavedOnlyIfItWasChangedHere_AlsoWhenSomeWasSold(string entered, int? saved)
    {
        await using var shop = await Shop.OpenAsync(servers);
        shop.Fakes.WithCatalog().Status("PUT /api/catalog/items/1", HttpStatusCode.NoContent);
        var admin = new Browser(shop);
        await admin.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        await admin.GetAsync("/admin/products/1");
        shop.Fakes.Json("GET /api/catalog/items/1", Things.Item(1, stock: 9));

        using var page = await admin.SubmitAsync("/admin/products/1", ("Form.Price", "77.50"), ("Form.Stock", entered));

        var change = JsonSerializer.Deserialize<JsonElement>(
            Assert.Single(shop.Fakes.Calls, call => call.Call.StartsWith("PUT", StringComparison.Ordinal)).Body);
        Assert.Equal((77.5m, saved), (change.GetProperty("price").GetDecimal(), change.GetProperty("availableStock").Deserialize<int?>()));
    }
}
