using System.Net;
using System.Text.Json;
using WebApp.Tests.Setup;

namespace WebApp.Tests.BackOffice;

/// <summary>Changing a product on its page in the back office.</summary>
public sealed class ChangeProductTests(TestServers servers)
{
    private const string Page = "/admin/products/1";

    private static readonly string[] Refusal = ["The picture must be a JPEG, PNG or WebP file."];

    [Theory]
    [InlineData("", "")]
    [InlineData("cheap", "many")]
    [InlineData("-1", "-1")]
    [InlineData("1e3", "1.5")]
    [InlineData("1.999", "12345678")]
    public async Task FaultyNumbers_AreNamedTogether_ShownAgain_AndNotSent(string price, string stock)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var admin = await EditAsync(shop);

        using var page = await SaveAsync(admin, price: price, stock: stock);

        Assert.Contains("Enter an amount, like 19.90.", admin.Html, StringComparison.Ordinal);
        Assert.Contains("Enter a whole number, 0 or more.", admin.Html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{price}", admin.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(shop.Fakes.Calls, call => call.Call.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatWasNotChangedHere_IsSavedAsItIsNow_NotAsTheFormShowedIt()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.Status("PUT /api/catalog/items/1", HttpStatusCode.NoContent);
        var admin = await EditAsync(shop);
        shop.Fakes.Json("GET /api/catalog/items/1", Things.Item(1, name: "Egret Desk Lamp", price: 95m, stock: 9));

        using var page = await SaveAsync(admin, description: "A better lamp.");

        var change = Sent(shop);
        Assert.Equal(
            ("Egret Desk Lamp", "A better lamp.", 95m, null),
            (change.GetProperty("name").GetString(), change.GetProperty("description").GetString(),
                change.GetProperty("price").GetDecimal(), change.GetProperty("availableStock").Deserialize<int?>()));
    }

    [Fact]
    public async Task StockThatOrdersChanged_IsAConflict_AndSavingAgainReplacesIt()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.Status("PUT /api/catalog/items/1", HttpStatusCode.NoContent);
        var admin = await EditAsync(shop);
        shop.Fakes.Json("GET /api/catalog/items/1", Things.Item(1, stock: 9));

        using var conflict = await SaveAsync(admin, price: "77,50", stock: "20");

        Assert.Contains("this was changed to 9. Save again to replace it.", admin.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"20\"", admin.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(shop.Fakes.Calls, call => call.Call.StartsWith("PUT", StringComparison.Ordinal));

        using var saved = await SaveAsync(admin, price: "77,50", stock: "20");

        var change = Sent(shop);
        Assert.Equal((77.5m, 20), (change.GetProperty("price").GetDecimal(), change.GetProperty("availableStock").GetInt32()));
    }

    [Fact]
    public async Task ProductThatIsRetiredInAnotherTab_CannotBeSaved_AndWhatWasTypedIsKept()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var admin = await EditAsync(shop);
        shop.Fakes.Status("GET /api/catalog/items/1", HttpStatusCode.NotFound);

        using var page = await SaveAsync(admin, description: "A better lamp.");

        Assert.Contains("This product is no longer sold, so it cannot be changed.", admin.Html, StringComparison.Ordinal);
        Assert.Contains("A better lamp.", admin.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewProduct_IsAdded_AndItsPageAsksForThePicture()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().Created("POST /api/catalog/items", "/api/catalog/items/1");
        var admin = await SignInAsync(shop);
        await admin.GetAsync("/admin/products/new");

        using var empty = await admin.SubmitAsync("/admin/products/new");
        Assert.Contains("Enter a name.", admin.Html, StringComparison.Ordinal);
        Assert.Contains("Choose a type.", admin.Html, StringComparison.Ordinal);

        using var added = await admin.SubmitAsync(
            "/admin/products/new", ("Form.Name", "Heron"), ("Form.Type", "1"), ("Form.Brand", "2"), ("Form.Price", "19.90"),
            ("Form.Stock", "4"), ("Form.Featured", "true"));
        Assert.Equal(Page, added.Headers.Location!.ToString());
        await admin.GetAsync(Page);

        Assert.Contains("Now add its picture.", admin.Html, StringComparison.Ordinal);
        var sent = JsonSerializer.Deserialize<JsonElement>(shop.Fakes.Calls.Single(call => call.Call == "POST /api/catalog/items").Body);
        Assert.Equal(
            ("Heron", 19.9m, 4, true),
            (sent.GetProperty("name").GetString(), sent.GetProperty("price").GetDecimal(), sent.GetProperty("availableStock").GetInt32(),
                sent.GetProperty("isFeatured").GetBoolean()));
    }

    [Fact]
    public async Task Picture_IsSentToTheCatalog_AndARefusalIsShown()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var admin = await EditAsync(shop);
        shop.Fakes.Status("PUT /api/catalog/items/1/pic", HttpStatusCode.NoContent);

        using var uploaded = await admin.UploadAsync($"{Page}/picture", "picture", [1, 2, 3]);
        Assert.Equal([1, 2, 3], shop.Fakes.Calls.Single(call => call.Call == "PUT /api/catalog/items/1/pic").Body);
        await admin.GetAsync(uploaded.Headers.Location!.ToString());
        Assert.Contains("The shop shows the new picture.", admin.Html, StringComparison.Ordinal);

        shop.Fakes.Json(
            "PUT /api/catalog/items/1/pic",
            new { title = "Bad", errors = new { picture = Refusal } },
            HttpStatusCode.BadRequest);
        using var refused = await admin.UploadAsync($"{Page}/picture", "picture", [1, 2, 3]);
        await admin.GetAsync(Page);
        Assert.Contains(">The picture must be a JPEG, PNG or WebP file.", admin.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Product_IsRetiredAfterAQuestion()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var admin = await EditAsync(shop);
        shop.Fakes.Status("DELETE /api/catalog/items/1", HttpStatusCode.NoContent);

        await admin.GetAsync($"{Page}/retire");
        Assert.Contains("Stop selling Heron Desk Lamp?", admin.Html, StringComparison.Ordinal);
        using var retired = await admin.SubmitAsync($"{Page}/retire");

        Assert.Equal("/admin/products", retired.Headers.Location!.ToString());
        Assert.Single(shop.Fakes.Calls, call => call.Call == "DELETE /api/catalog/items/1");
    }

    private static async Task<Browser> SignInAsync(Shop shop)
    {
        var admin = new Browser(shop);
        await admin.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        return admin;
    }

    private static async Task<Browser> EditAsync(Shop shop)
    {
        shop.Fakes.WithCatalog();
        var admin = await SignInAsync(shop);
        await admin.GetAsync(Page);
        return admin;
    }

    private static Task<HttpResponseMessage> SaveAsync(
        Browser admin, string description = "A lamp.", string price = "89.00", string stock = "12") => admin.SubmitAsync(
            Page, ("Form.Name", "Heron Desk Lamp"), ("Form.Description", description), ("Form.Type", "1"), ("Form.Brand", "2"),
            ("Form.Price", price), ("Form.Stock", stock));

    private static JsonElement Sent(Shop shop) => JsonSerializer.Deserialize<JsonElement>(
        Assert.Single(shop.Fakes.Calls, call => call.Call.StartsWith("PUT", StringComparison.Ordinal)).Body);
}
