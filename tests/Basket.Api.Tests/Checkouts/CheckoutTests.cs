using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Basket.Api.Tests.Http;
using Contracts.Basket;
using Contracts.Catalog;
using Contracts.Ordering;

namespace Basket.Api.Tests.Checkouts;

public sealed class CheckoutTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private BasketApp App => shared.App;

    [Fact]
    public async Task Checkout_GoodRequest_PublishesTheOrderAndEmptiesTheBasket()
    {
        var (first, second) = (await App.NewProductAsync(19.90m, 10, Stop), await App.NewProductAsync(5m, 10, Stop));
        var user = App.NewUser(out var buyerId);
        await user.AddAsync(first, 2);
        await user.AddAsync(second, 1);

        using var answer = await user.CheckOutAsync("key-1");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var orderId = await OrderIdAsync(answer);
        Assert.Equal($"/api/orders/{orderId}", answer.Headers.Location!.OriginalString);
        Assert.Equal(7, orderId.Version);
        Assert.Empty((await user.BasketAsync())["lines"]!.AsArray());
        var received = Assert.Single(await OrdersOfAsync(buyerId, atLeast: 1));
        Assert.Equal(
            (orderId, 44.80m, "EUR", "Ada Lovelace", "ada@example.com"),
            (received.OrderId, received.Total, received.Currency, received.BuyerName, received.BuyerEmail));
        Assert.Equal(
            [new OrderLine(first, $"Product {first}", 19.90m, 2), new OrderLine(second, $"Product {second}", 5m, 1)], received.Lines);
        Assert.Equal(new Address("1 Harbour Road", "Porto", null, "Portugal", "4000-001"), received.ShippingAddress);
        Assert.Equal(new PaymentCard("tok_4242", "4242", "Ada Lovelace", "Visa"), received.Card);
    }

    [Fact]
    public async Task Checkout_WithDecomposedLetters_OrdersThemInNfc()
    {
        var user = App.NewUser(out var buyerId);
        await user.AddAsync(await App.NewProductAsync(5m, 10, Stop), 1);

        using var answer = await user.CheckOutAsync("key", HttpAnswers.Checkout(city: "E\u0301vora", name: "Zoe\u0308 Sa\u0303o"));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var order = Assert.Single(await OrdersOfAsync(buyerId, atLeast: 1));
        Assert.Equal(("Zoë São", "Évora", "Zoë São"), (order.BuyerName, order.ShippingAddress.City, order.Card.Holder));
    }

    [Fact]
    public async Task Checkout_AfterAPriceChange_ChargesTheCurrentPrice()
    {
        var product = await App.NewProductAsync(10m, 10, Stop);
        var user = App.NewUser(out var buyerId);
        await user.AddAsync(product, 1);
        await App.PublishAsync(new PriceChanged(product, 10m, 8m, "EUR", Version: 2), product, 2, Stop);
        await App.ProductBecomesAsync(product, known => known.Price == 8m);

        using var answer = await user.CheckOutAsync("key");

        Assert.Equal(8m, Assert.Single(await OrdersOfAsync(buyerId, atLeast: 1)).Total);
    }

    [Fact]
    public async Task Checkout_TotalIsNotTheExpectedOne_OrdersNothingAndNamesBoth()
    {
        var product = await App.NewProductAsync(10m, 10, Stop);
        var user = App.NewUser(out var buyerId);
        await user.AddAsync(product, 2);
        await App.PublishAsync(new PriceChanged(product, 10m, 12.5m, "EUR", Version: 2), product, 2, Stop);
        await App.ProductBecomesAsync(product, known => known.Price == 12.5m);

        using var refused = await user.CheckOutAsync("key", HttpAnswers.Checkout(expectedTotal: 20m));
        using var confirmed = await user.CheckOutAsync("key", HttpAnswers.Checkout(expectedTotal: 25m));

        Assert.Equal(
            "The total was 20.00 EUR and is now 25.00 EUR.", (string)(await refused.ProblemAsync(HttpStatusCode.Conflict))["detail"]!);
        Assert.Equal(HttpStatusCode.Accepted, confirmed.StatusCode);
        Assert.Equal(25m, Assert.Single(await OrdersOfAsync(buyerId, atLeast: 1)).Total);
    }

    [Theory]
    [InlineData("0.30000000000000004", true)]
    [InlineData("0.3", true)]
    [InlineData("0.31", false)]
    public async Task Checkout_ExpectedTotal_IsComparedInCents(string expectedTotal, bool isTheTotal)
    {
        var product = await App.NewProductAsync(0.10m, 10, Stop);
        var user = App.NewUser(out _);
        await user.AddAsync(product, 3);

        using var answer = await user.CheckOutAsync(
            "key", HttpAnswers.Checkout(expectedTotal: decimal.Parse(expectedTotal, System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(isTheTotal ? HttpStatusCode.Accepted : HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Fact]
    public async Task Checkout_RepeatedWithAnotherExpectedTotal_AnswersTheOrderThatWasPlaced()
    {
        var product = await App.NewProductAsync(10m, 10, Stop);
        var user = App.NewUser(out _);
        await user.AddAsync(product, 1);

        using var placed = await user.CheckOutAsync("key", HttpAnswers.Checkout(expectedTotal: 10m));
        using var again = await user.CheckOutAsync("key", HttpAnswers.Checkout(expectedTotal: 12.5m));

        Assert.Equal(await OrderIdAsync(placed), await OrderIdAsync(again));
    }

    [Fact]
    public async Task Checkout_Repeated_AnswersTheSameOrderThoughTheBasketIsGone()
    {
        var product = await App.NewProductAsync(10m, 10, Stop);
        var user = App.NewUser(out var buyerId);
        await user.AddAsync(product, 1);

        using var first = await user.CheckOutAsync("same");
        using var second = await user.CheckOutAsync("same");
        using var otherBody = await user.CheckOutAsync("same", HttpAnswers.Checkout(city: "Lisbon"));
        using var otherKey = await user.CheckOutAsync("other");

        Assert.Equal(await OrderIdAsync(first), await OrderIdAsync(second));
        await otherBody.ProblemAsync(HttpStatusCode.UnprocessableEntity);
        await otherKey.ProblemAsync(HttpStatusCode.Conflict);
        Assert.Single(await OrdersOfAsync(buyerId, atLeast: 1));
    }

    [Fact]
    public async Task Checkout_OneKeyOfTwoBuyers_AreTwoOrders()
    {
        var product = await App.NewProductAsync(10m, 10, Stop);
        var (ada, bob) = (App.NewUser(out _), App.NewUser(out _));
        await ada.AddAsync(product, 1);
        await bob.AddAsync(product, 1);

        using var adas = await ada.CheckOutAsync("one");
        using var bobs = await bob.CheckOutAsync("one");

        Assert.NotEqual(await OrderIdAsync(adas), await OrderIdAsync(bobs));
    }

    [Fact]
    public async Task Checkout_IsAboutItsBuyer_AndBeginsTheFlowOfItsOrder()
    {
        var product = await App.NewProductAsync(10m, 10, Stop);
        var user = App.NewUser(out var buyerId);
        await user.AddAsync(product, 1);

        using var answer = await user.CheckOutAsync("one");

        await OrdersOfAsync(buyerId, atLeast: 1);
        var message = Assert.Single(App.Catalog.HeardMessages, heard => heard.Key == $"{buyerId}");
        Assert.Equal($"{await OrderIdAsync(answer)}", message.CorrelationId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Checkout_ManyTimesAtOnce_GivesOneOrder(bool sameKey)
    {
        var product = await App.NewProductAsync(10m, 10, Stop);
        var user = App.NewUser(out var buyerId);
        await user.AddAsync(product, 1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => user.CheckOutAsync(sameKey ? "one" : $"key-{i}")));

        var accepted = answers.Where(answer => answer.StatusCode == HttpStatusCode.Accepted).ToList();
        Assert.Equal(sameKey ? 20 : 1, accepted.Count);
        Assert.All(answers.Except(accepted), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        Assert.Single((await Task.WhenAll(accepted.Select(OrderIdAsync))).Distinct());

        // What would be a second order is behind this one in the outbox or before it.
        await user.AddAsync(product, 1);
        using var last = await user.CheckOutAsync("last");
        Assert.Equal(2, (await OrdersOfAsync(buyerId, atLeast: 2)).Count);
    }

    [Fact]
    public async Task Checkout_WhileTheBasketChanges_OrdersWhatTheBasketHad()
    {
        var product = await App.NewProductAsync(10m, 99, Stop);

        for (var round = 0; round < 20; round++)
        {
            var user = App.NewUser(out var buyerId);
            await user.AddAsync(product, 1);

            var answers = await Task.WhenAll(user.PutItemAsync(product, 2), user.CheckOutAsync("key"));

            Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
            var ordered = Assert.Single(Assert.Single(await OrdersOfAsync(buyerId, atLeast: 1)).Lines).Quantity;
            var left = (await user.BasketAsync())["lines"]!.AsArray().Select(line => (int)line!["quantity"]!);
            Assert.Equal(ordered == 2 ? [] : [2], left);
        }
    }

    [Fact]
    public async Task Checkout_EmptyBasket_IsRefused()
    {
        using var answer = await App.NewUser(out _).CheckOutAsync("key");

        await answer.ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Checkout_UnavailableLines_AreListedAndNothingHappens()
    {
        var (good, scarce) = (await App.NewProductAsync(1m, 10, Stop), await App.NewProductAsync(1m, 10, Stop));
        var user = App.NewUser(out _);
        await user.AddAsync(good, 1);
        await user.AddAsync(scarce, 5);
        await App.PublishAsync(new StockLevelChanged(scarce, 2, Version: 2), scarce, 2, Stop);
        await App.ProductBecomesAsync(scarce, known => known.AvailableStock == 2);

        using var answer = await user.CheckOutAsync("key");

        var line = Assert.Single((await answer.ProblemAsync(HttpStatusCode.Conflict))["lines"]!.AsArray())!;
        Assert.Equal(
            (scarce, 5, 2, "Only 2 left."),
            ((int)line["productId"]!, (int)line["quantity"]!, (int)line["availableStock"]!, (string)line["reason"]!));
        Assert.Equal(2, (await user.BasketAsync())["lines"]!.AsArray().Count);
    }

    [Fact]
    public async Task Checkout_BadFields_AreAllNamedAtOnce()
    {
        var product = await App.NewProductAsync(1m, 10, Stop);
        var guest = App.NewGuest(out _);
        await guest.AddAsync(product, 1);

        using var answer = await guest.CheckOutAsync(
            "key", new { shippingAddress = new { state = "a\u0007" }, card = new { number = "4242424242424241", expiration = "01/20" } });

        var errors = (await answer.ProblemAsync(HttpStatusCode.BadRequest))["errors"]!.AsObject().Select(error => error.Key).ToList();
        Assert.Equal(
            [
                "buyerEmail", "buyerName", "card.expiration", "card.holder", "card.number", "card.securityCode",
                "shippingAddress.city", "shippingAddress.country", "shippingAddress.state", "shippingAddress.street",
                "shippingAddress.zipCode",
            ],
            errors.Order());
        Assert.Single((await guest.BasketAsync())["lines"]!.AsArray());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("with blank")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901")]
    public async Task Checkout_BadKey_IsRefusedByName(string? key)
    {
        using var answer = await App.NewUser(out _).CheckOutAsync(key);

        Assert.NotNull((await answer.ProblemAsync(HttpStatusCode.BadRequest))["errors"]!["idempotencyKey"]);
    }

    [Fact]
    public async Task Checkout_CardNumber_IsNowhereInTheStore()
    {
        var product = await App.NewProductAsync(1m, 10, Stop);
        var user = App.NewUser(out var buyerId);
        await user.AddAsync(product, 1);
        using var answer = await user.CheckOutAsync("key", HttpAnswers.Checkout(number: "378282246310005"));
        await OrdersOfAsync(buyerId, atLeast: 1);

        var database = App.Redis.GetDatabase();
        var stored = (string?)await database.StringGetAsync($"checkout:{buyerId:n}:key");

        Assert.NotNull(stored);
        Assert.DoesNotContain("378282246310005", stored, StringComparison.Ordinal);
        Assert.InRange((await database.KeyTimeToLiveAsync($"checkout:{buyerId:n}:key"))!.Value.TotalHours, 23, 24);
        Assert.All(App.Catalog.Heard<JsonNode>("basket.basket-checked-out"), received =>
            Assert.DoesNotContain("378282246310005", received.ToJsonString(), StringComparison.Ordinal));
    }

    private static async Task<Guid> OrderIdAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!["orderId"]!.GetValue<Guid>();

    private async Task<IReadOnlyList<BasketCheckedOut>> OrdersOfAsync(Guid buyerId, int atLeast)
    {
        IReadOnlyList<BasketCheckedOut> received = [];
        await Eventually.TrueAsync(
            () =>
            {
                received = [.. App.Catalog.Heard<BasketCheckedOut>("basket.basket-checked-out").Where(order => order.BuyerId == buyerId)];
                return received.Count >= atLeast;
            });
        return received;
    }
}
