using Grpc.Core;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

/// <summary>Number and security code of a card, when the form of the checkout is shown again.</summary>
public sealed class CardTests(TestServers servers)
{
    private const string Number = "5555 5555 5555 4444";
    private const string SecurityCode = "9871";

    private static readonly (string Name, string Value)[] Filled =
    [
        ("Form.Name", "Ada"), ("Form.Email", "ada@example.com"), ("Form.Street", "1 Harbour Road"), ("Form.ZipCode", "4000"),
        ("Form.City", "Porto"), ("Form.Country", "Portugal"), ("Form.CardNumber", Number), ("Form.CardHolder", "Ada"),
        ("Form.Expiration", "12/40"), ("Form.SecurityCode", SecurityCode),
    ];

    [Theory]
    [InlineData("nothing", "error-card.number")]
    [InlineData("nothing", "error-card.securitycode")]
    [InlineData("nothing", null)]
    [InlineData("Form.Street", null)]
    [InlineData("Form.SecurityCode", null)]
    [InlineData("Form.CardNumber", null)]
    public async Task NumberAndCode_AreNeverWrittenIntoAPage(string missing, string? refused)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket(Things.Line())).Grpc("AddItem", Things.Basket(Things.Line()));
        if (refused is not null)
        {
            shop.Fakes.GrpcRefusal("Checkout", StatusCode.InvalidArgument, "Please check.", (refused, "This is not valid."));
        }

        var buyer = new Browser(shop);
        await buyer.GetAsync("/products/1");
        await buyer.SubmitAsync("/basket/add");
        await buyer.GetAsync("/checkout");
        Assert.DoesNotContain("Enter number and security code again", buyer.Html, StringComparison.Ordinal);
        await buyer.SubmitAsync("/checkout", [.. Filled.Where(field => field.Name != missing)]);

        Assert.Contains("data-error-summary", buyer.Html, StringComparison.Ordinal);
        Assert.Contains("""value="Porto""", buyer.Html, StringComparison.Ordinal);
        Assert.Contains("Enter number and security code again", buyer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Number, buyer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("5555555555554444", buyer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(SecurityCode, buyer.Html, StringComparison.Ordinal);
    }
}
