using System.Net;
using System.Text.RegularExpressions;
using Basket.Grpc;
using Grpc.Core;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

public sealed class CheckoutTests(TestServers servers)
{
    private static readonly (string, string)[] Filled =
    [
        ("Form.Name", "Ada"), ("Form.Email", "ada@example.com"), ("Form.Street", "1 Harbour Road"), ("Form.ZipCode", "4000"),
        ("Form.City", "Porto"),
        ("Form.Country", "Portugal"), ("Form.CardNumber", "4242 4242 4242 4242"), ("Form.CardHolder", "Ada"), ("Form.Expiration", "12/40"),
        ("Form.SecurityCode", "123"),
    ];

    [Fact]
    public async Task Buying_LeadsToThePageOfTheOrder_BeforeOrderingHasIt()
    {
        await using var shop = await ShopAsync();
        var order = Guid.CreateVersion7();
        shop.Fakes.Grpc("Checkout", new CheckoutReply { OrderId = $"{order}" }).Status($"GET /api/orders/{order}", HttpStatusCode.NotFound);
        var buyer = await GuestAtCheckoutAsync(shop);

        using var bought = await buyer.SubmitAsync("/checkout", Filled);
        using var page = await buyer.GetAsync($"/orders/{order}");

        Assert.Equal($"/orders/{order}", bought.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("Thank you for your order", buyer.Html, StringComparison.Ordinal);
        Assert.Contains(
            "We have your order. If this takes longer, we mail you as soon as it is paid.", buyer.Html, StringComparison.Ordinal);

        using var stranger = await new Browser(shop).GetAsync($"/orders/{order}");
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    [Fact]
    public async Task Repeating_SendsTheSameKey()
    {
        await using var shop = await ShopAsync();
        shop.Fakes.Grpc("Checkout", new CheckoutReply { OrderId = $"{Guid.CreateVersion7()}" });
        var buyer = await GuestAtCheckoutAsync(shop);
        var page = buyer.Html;

        await buyer.SubmitAsync("/checkout", Filled);
        await buyer.BackTo(page).SubmitAsync("/checkout", Filled);

        var requests = shop.Fakes.CallsOf("Checkout").Select(call => CheckoutRequest.Parser.ParseFrom(call.Body[5..])).ToArray();
        Assert.Equal(2, requests.Length);
        Assert.Single(requests.Select(request => request.IdempotencyKey).Distinct());
        Assert.Equal("4242424242424242", requests[0].Card.Number);
    }

    [Fact]
    public async Task MissingFields_AreNamedInTheSummaryAndBesideThem_AndNothingIsSent()
    {
        await using var shop = await ShopAsync();
        var buyer = await GuestAtCheckoutAsync(shop);

        await buyer.SubmitAsync("/checkout", [.. Filled.Where(field => field.Item1 is not ("Form.Street" or "Form.CardNumber"))]);

        Assert.Contains("data-error-summary", buyer.Html, StringComparison.Ordinal);
        Assert.Contains("""href="/checkout#form-street">Enter street and house number.""", buyer.Html, StringComparison.Ordinal);
        Assert.Contains("""id="form-cardnumber-error">""", buyer.Html, StringComparison.Ordinal);
        Assert.Contains("""value="Porto""", buyer.Html, StringComparison.Ordinal);
        Assert.Empty(shop.Fakes.CallsOf("Checkout"));
    }

    [Fact]
    public async Task FieldThatTheServiceRefuses_IsMarked_AndTheSecurityCodeIsNotRepeated()
    {
        await using var shop = await ShopAsync();
        shop.Fakes.GrpcRefusal("Checkout", StatusCode.InvalidArgument, "Please check.", ("error-card.expiration", "The card has expired."));
        var buyer = await GuestAtCheckoutAsync(shop);

        await buyer.SubmitAsync("/checkout", Filled);

        Assert.Contains("""href="/checkout#form-expiration">The card has expired.""", buyer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("""value="123""", buyer.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outage_AsksToSendTheFormAgain_WithTheSameKey()
    {
        await using var shop = await ShopAsync();
        var buyer = await GuestAtCheckoutAsync(shop);
        var key = buyer.Hidden("Form.Key");

        await buyer.SubmitAsync("/checkout", Filled);

        Assert.Contains("Send it again", buyer.Html, StringComparison.Ordinal);
        Assert.Equal(key, buyer.Hidden("Form.Key"));
    }

    [Fact]
    public async Task SendingAgain_AfterTheOrderEmptiedTheBasket_LeadsToTheOrder()
    {
        await using var shop = await ShopAsync();
        var order = Guid.CreateVersion7();
        var buyer = await GuestAtCheckoutAsync(shop);
        shop.Fakes.WithBasket(Things.Basket()).Grpc("Checkout", new CheckoutReply { OrderId = $"{order}" });

        using var again = await buyer.SubmitAsync("/checkout", Filled);

        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
        Assert.EndsWith($"/orders/{order}", again.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outage_OfBasketAndCheckout_KeepsWhatWasEntered()
    {
        await using var shop = await ShopAsync();
        var buyer = await GuestAtCheckoutAsync(shop);
        var key = buyer.Hidden("Form.Key");
        shop.Fakes.GrpcRefusal("Get", StatusCode.Unavailable, "away").GrpcRefusal("Checkout", StatusCode.Unavailable, "away");

        using var page = await buyer.SubmitAsync("/checkout", Filled);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("Send it again", buyer.Html, StringComparison.Ordinal);
        Assert.Contains("""value="1 Harbour Road""", buyer.Html, StringComparison.Ordinal);
        Assert.Equal(key, buyer.Hidden("Form.Key"));
    }

    [Fact]
    public async Task SendingAnEmptyBasket_SaysThatThereIsNothingToCheckOut()
    {
        await using var shop = await ShopAsync();
        var buyer = await GuestAtCheckoutAsync(shop);
        shop.Fakes.WithBasket(Things.Basket()).GrpcRefusal("Checkout", StatusCode.FailedPrecondition, "The basket is empty.");

        using var page = await buyer.SubmitAsync("/checkout", Filled);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("There is nothing to check out", buyer.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendingAgain_WithOtherContent_SaysThatTheOrderIsPlaced()
    {
        await using var shop = await ShopAsync();
        var buyer = await GuestAtCheckoutAsync(shop);
        shop.Fakes.WithBasket(Things.Basket())
            .GrpcRefusal("Checkout", StatusCode.AlreadyExists, "This Idempotency-Key was used for another checkout.");

        using var page = await buyer.SubmitAsync("/checkout", Filled);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("You have already placed this order", buyer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Idempotency-Key", buyer.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buying_SendsTheTotalThatWasShown()
    {
        await using var shop = await ShopAsync();
        shop.Fakes.Grpc("Checkout", new CheckoutReply { OrderId = $"{Guid.CreateVersion7()}" });
        var buyer = await GuestAtCheckoutAsync(shop);
        shop.Fakes.WithBasket(Things.Basket(Things.Line(quantity: 3, price: 95, oldPrice: 89)));

        await buyer.SubmitAsync("/checkout", Filled);

        var request = CheckoutRequest.Parser.ParseFrom(Assert.Single(shop.Fakes.CallsOf("Checkout")).Body[5..]);
        Assert.Equal((267, 0, "EUR"), (request.ExpectedTotal.Units, request.ExpectedTotal.Nanos, request.ExpectedTotal.CurrencyCode));
    }

    [Fact]
    public async Task ChangedTotal_IsShownWithTheOldOne_AndTheNextClickConfirmsIt()
    {
        await using var shop = await ShopAsync();
        var buyer = await GuestAtCheckoutAsync(shop);
        shop.Fakes.WithBasket(Things.Basket(Things.Line(quantity: 3, price: 95, oldPrice: 89)))
            .GrpcRefusal("Checkout", StatusCode.FailedPrecondition, "The total was 267.00 EUR and is now 285.00 EUR.");

        await buyer.SubmitAsync("/checkout", Filled);

        Assert.Contains("The total was €267.00 and is now €285.00.", buyer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("267.00 EUR", buyer.Html, StringComparison.Ordinal);
        Assert.Contains("€95.00 each", buyer.Html, StringComparison.Ordinal);
        Assert.Equal("285.00", buyer.Hidden("Form.Total"));
    }

    [Fact]
    public async Task ChangedTotal_IsShownBesideOtherFaults()
    {
        await using var shop = await ShopAsync();
        var buyer = await GuestAtCheckoutAsync(shop);
        shop.Fakes.WithBasket(Things.Basket(Things.Line(quantity: 3, price: 95, oldPrice: 89)));

        await buyer.SubmitAsync("/checkout", [.. Filled.Where(field => field.Item1 is not "Form.Street")]);

        Assert.Contains("Enter street and house number.", buyer.Html, StringComparison.Ordinal);
        Assert.Contains("The total was €267.00 and is now €285.00.", buyer.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Basket_ShowsChangedPricesAndUnavailableItems()
    {
        await using var shop = await ShopAsync();
        shop.Fakes.WithBasket(Things.Basket(Things.Line(price: 95, oldPrice: 89), Things.Line(id: 2, isAvailable: false)));
        var buyer = await GuestAsync(shop);

        await buyer.GetAsync("/basket");

        Assert.Contains("The price changed from €89.00 to €95.00.", buyer.Html, StringComparison.Ordinal);
        var text = WebUtility.HtmlDecode(Regex.Replace(buyer.Html, "<[^>]*>", ""));
        Assert.Contains("was €89.00 €95.00 each", text, StringComparison.Ordinal);
        Assert.Contains("Sold out.", buyer.Html, StringComparison.Ordinal);
        Assert.Contains("1 item that cannot be bought", buyer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/checkout\"", buyer.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/basket")]
    [InlineData("/checkout")]
    public async Task QuantityAboveTheStock_IsShown_AndCannotBeCheckedOut(string path)
    {
        await using var shop = await ShopAsync();
        shop.Fakes.WithBasket(Things.Basket(Things.Line(quantity: 5, stock: 2)));
        var buyer = await GuestAsync(shop);

        await buyer.GetAsync(path);

        Assert.Contains("Only 2 left; you have 5 in your basket.", buyer.Html, StringComparison.Ordinal);
        Assert.Contains("Heron Desk Lamp", buyer.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/basket\"", buyer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/checkout\"", buyer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Buy now", buyer.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ItemThatSellsOutDuringCheckout_IsNamed_AndTheFormIsKept()
    {
        await using var shop = await ShopAsync();
        shop.Fakes.GrpcRefusal(
            "Checkout", StatusCode.FailedPrecondition, "Some lines cannot be bought as they are.", ("unavailable-1", "Only 2 left."));
        var buyer = await GuestAtCheckoutAsync(shop);

        await buyer.SubmitAsync("/checkout", Filled);

        Assert.Contains("Heron Desk Lamp: Only 2 left.", buyer.Html, StringComparison.Ordinal);
        Assert.Contains("""value="1 Harbour Road""", buyer.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removing_CanBeUndone()
    {
        await using var shop = await ShopAsync();
        shop.Fakes.WithBasket(Things.Basket(Things.Line(quantity: 3)));
        var buyer = await GuestAsync(shop);
        await buyer.GetAsync("/basket");

        await buyer.SubmitAsync("/basket/remove");
        await buyer.GetAsync("/basket");
        Assert.Contains("Undo", buyer.Html, StringComparison.Ordinal);
        await buyer.SubmitAsync("/basket/set");

        var requests = shop.Fakes.CallsOf("SetQuantity").Select(call => SetQuantityRequest.Parser.ParseFrom(call.Body[5..]).Quantity);
        Assert.Equal([0, 3], requests);
    }

    private async Task<Shop> ShopAsync()
    {
        var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket(Things.Line(quantity: 3)))
            .Grpc("SetQuantity", Things.Basket(Things.Line())).Grpc("AddItem", Things.Basket(Things.Line()));
        return shop;
    }

    private static async Task<Browser> GuestAsync(Shop shop)
    {
        var browser = new Browser(shop);
        await browser.GetAsync("/products/1");
        await browser.SubmitAsync("/basket/add");
        return browser;
    }

    private static async Task<Browser> GuestAtCheckoutAsync(Shop shop)
    {
        var browser = await GuestAsync(shop);
        await browser.GetAsync("/checkout");
        return browser;
    }
}
