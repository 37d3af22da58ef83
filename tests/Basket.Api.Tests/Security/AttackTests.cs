using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Basket.Api.Tests.Http;
using Contracts.Basket;

namespace Basket.Api.Tests.Security;

/// <summary>Attacks that must not work.</summary>
public sealed class AttackTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private BasketApp App => shared.App;

    [Fact]
    public async Task ForgedToken_IsRefused()
    {
        foreach (var (fault, token) in ForgedTokens.Of(App.Tokens))
        {
            using var http = App.Client(null);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

            using var answer = await http.GetAsync("api/basket", Stop);

            Assert.Equal((fault, HttpStatusCode.Unauthorized), (fault, answer.StatusCode));
        }
    }

    [Fact]
    public async Task Answer_AboutABuyer_IsNotStored()
    {
        using var buyer = App.NewUser(out _);

        using var basket = await buyer.GetAsync("api/basket", Stop);
        using var refused = await buyer.CheckOutAsync("key");

        Assert.All([basket, refused], answer => Assert.True(answer.Headers.CacheControl!.NoStore));
    }

    [Fact]
    public async Task PriceBuyerAndStatusInABody_HaveNoEffect()
    {
        var product = await App.NewProductAsync(19.95m, 10, Stop);
        using var buyer = App.NewUser(out var id);
        using var victim = App.NewUser(out var victimId);
        await victim.AddAsync(product, 1);

        using var added = await buyer.PostAsJsonAsync(
            "api/basket/items", new { productId = product, quantity = 2, unitPrice = 0.01, seenPrice = 0.01, buyerId = victimId }, Stop);
        added.EnsureSuccessStatusCode();
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/basket/checkout")
        {
            Headers = { { "Idempotency-Key", "over-posting" } },
            Content = JsonContent.Create(new
            {
                buyerId = victimId,
                orderId = victimId,
                total = 0.01,
                status = "Paid",
                lines = new[] { new { productId = product, quantity = 2, unitPrice = 0.01 } },
                buyerName = "Ada",
                buyerEmail = "ada@example.com",
                shippingAddress = new { street = "1 Road", city = "Porto", country = "Portugal", zipCode = "4000" },
                card = new { number = "4242424242424242", holder = "Ada", expiration = "12/40", securityCode = "123", token = "tok_0000" },
            }),
        };
        using var accepted = await buyer.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var order = await CheckedOutAsync(id);
        Assert.Equal((39.90m, 19.95m, "tok_4242"), (order.Total, order.Lines[0].UnitPrice, order.Card.Token));
        Assert.NotEqual(victimId, order.OrderId);
        Assert.Single((await victim.BasketAsync())["lines"]!.AsArray());
    }

    [Fact]
    public async Task IdempotencyKeyOfAnotherUser_LeadsToNoOrderOfTheirs()
    {
        var product = await App.NewProductAsync(3m, 10, Stop);
        using var owner = App.NewUser(out _);
        using var thief = App.NewUser(out var thiefId);
        await owner.AddAsync(product, 1);
        await thief.AddAsync(product, 2);
        const string Key = "the-same-key";

        using var first = await owner.CheckOutAsync(Key);
        using var second = await thief.CheckOutAsync(Key);

        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        Assert.NotEqual(first.Headers.Location, second.Headers.Location);
        Assert.Equal(2, (await CheckedOutAsync(thiefId)).Lines[0].Quantity);
    }

    private async Task<BasketCheckedOut> CheckedOutAsync(Guid buyer)
    {
        await Eventually.TrueAsync(() => Find() is not null, "the order is published");
        return Find()!;

        BasketCheckedOut? Find() =>
            App.Catalog.Heard<BasketCheckedOut>("basket.basket-checked-out").FirstOrDefault(order => order.BuyerId == buyer);
    }
}
