using Basket.Grpc;
using Grpc.Core;
using WebApp.Storefront.Checkout;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

/// <summary>Lines that cannot be bought: the basket and the checkout say so once, and one click removes them.</summary>
public sealed class SoldOutTests(TestServers servers)
{
    private static readonly BasketLine Good = Things.Line(id: 1);
    private static readonly BasketLine SoldOut = Things.Line(id: 2, quantity: 2, isAvailable: false, stock: 0);
    private static readonly BasketLine TooMany = Things.Line(id: 3, quantity: 5, stock: 2);

    [Fact]
    public async Task Basket_HasATrueTotal_AndNoWayToCheckOut()
    {
        await using var shop = await BorrowAsync(Things.Basket(SoldOut));
        var buyer = await GuestAsync(shop);

        await buyer.GetAsync("/basket");

        Assert.Contains("Nothing in your basket can be bought right now.", buyer.Html, StringComparison.Ordinal);
        Assert.Contains("<span>0 items</span>", buyer.Html, StringComparison.Ordinal);
        Assert.Contains("<span>2 items that cannot be bought</span>", buyer.Html, StringComparison.Ordinal);
        Assert.Contains("data-obstacle=\"Sold out.\"", buyer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/checkout\"", buyer.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneClick_RemovesWhatIsSoldOut_AndTakesWhatIsLeft()
    {
        await using var shop = await BorrowAsync(Things.Basket(Good, SoldOut, TooMany));
        var buyer = await GuestAsync(shop);
        await buyer.GetAsync("/basket");

        using var tidied = await buyer.SubmitAsync("/basket/tidy");

        Assert.Equal("/basket", tidied.Headers.Location!.OriginalString);
        var changes = shop.Fakes.CallsOf("SetQuantity").Select(call => SetQuantityRequest.Parser.ParseFrom(call.Body[5..]));
        Assert.Equal([(2, 0), (3, 2)], changes.Select(change => (change.ProductId, change.Quantity)));
    }

    [Fact]
    public async Task Checkout_WithALineThatIsSoldOut_HasOneNotice_AndGoesOnAfterOneClick()
    {
        await using var shop = await BorrowAsync(Things.Basket(Good, SoldOut));
        var buyer = await GuestAsync(shop);
        await buyer.GetAsync("/checkout");
        Assert.Contains("Heron Desk Lamp: Sold out.", buyer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Buy now", buyer.Html, StringComparison.Ordinal);

        using var tidied = await buyer.SubmitAsync("/basket/tidy");

        Assert.Equal("/checkout", tidied.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task LineThatSellsOutWhileTheFormIsFilledIn_IsOneNotice_AndItsButtonKeepsWhatWasTyped()
    {
        await using var shop = await BorrowAsync(Things.Basket(Good, Things.Line(id: 2)));
        var buyer = await GuestAsync(shop);
        await buyer.GetAsync("/checkout");
        shop.Fakes.WithBasket(Things.Basket(Good, SoldOut)).GrpcRefusal(
            "Checkout", StatusCode.FailedPrecondition, "Some lines cannot be bought as they are.", ("unavailable-2", "Sold out."));

        await buyer.SubmitAsync("/checkout", Filled);

        Assert.Single(buyer.Html.Split("Sold out.").Skip(1));
        Assert.DoesNotContain("data-error-summary", buyer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Buy now", buyer.Html, StringComparison.Ordinal);

        shop.Fakes.Grpc("SetQuantity", Things.Basket(Good));
        await buyer.SubmitAsync("/checkout", [.. Filled, ("Form.Tidy", "true")]);

        Assert.Contains("Buy now", buyer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Sold out.", buyer.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"1 Harbour Road\"", buyer.Html, StringComparison.Ordinal);
        Assert.Equal("89.00", buyer.Hidden("Form.Total"));
        Assert.Single(shop.Fakes.CallsOf("Checkout"));
    }

    public static TheoryData<BasketLine[], string> Remedies => new()
    {
        { [SoldOut], "Empty the basket" },
        { [Good, TooMany], "Take what is left" },
        { [Good, SoldOut], "Go on without it" },
        { [Good, SoldOut, Things.Line(id: 4, isAvailable: false, stock: 0)], "Go on without them" },
        { [TooMany, SoldOut], "Go on without it and take what is left" },
    };

    [Theory]
    [MemberData(nameof(Remedies), DisableDiscoveryEnumeration = true)]
    public void Button_SaysWhatItDoes(BasketLine[] lines, string text) =>
        Assert.Equal(text, UnbuyableLines.Remedy(Things.Basket(lines)));

    private static readonly (string, string)[] Filled =
    [
        ("Form.Name", "Ada"), ("Form.Email", "ada@example.com"), ("Form.Street", "1 Harbour Road"), ("Form.ZipCode", "4000"),
        ("Form.City", "Porto"), ("Form.Country", "Portugal"), ("Form.CardNumber", "4242 4242 4242 4242"), ("Form.CardHolder", "Ada"),
        ("Form.Expiration", "12/40"), ("Form.SecurityCode", "123"),
    ];

    private async Task<Shop> BorrowAsync(BasketView basket)
    {
        // Basket.Api leaves lines that cannot be bought out of the total.
        basket.Total.Units = basket.Lines.Where(line => line.IsAvailable).Sum(line => line.UnitPrice.Units * line.Quantity);
        var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(basket).Grpc("AddItem", basket).Grpc("SetQuantity", basket);
        return shop;
    }

    /// <summary>A guest who put something into the basket.</summary>
    private static async Task<Browser> GuestAsync(Shop shop)
    {
        var buyer = new Browser(shop);
        await buyer.GetAsync("/products/1");
        await buyer.SubmitAsync("/basket/add");
        await buyer.GetAsync("/basket"); // Shows the message about it.
        return buyer;
    }
}
