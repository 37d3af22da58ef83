using Basket.Api.Checkouts;

namespace Basket.Api.Tests.Checkouts;

public sealed class CheckoutRulesTests
{
    private static readonly DateTimeOffset Now = new(2030, 6, 30, 23, 59, 59, TimeSpan.Zero);

    private static readonly AddressRequest Address = new("1 Harbour Road", "Porto", null, "Portugal", "4000-001");

    private static readonly CardRequest Card = new("4242424242424242", "Ada", "06/30", "123");

    private static readonly CheckoutRequest Request = new("Ada", "ada@example.com", Address, Card);

    [Fact]
    public void Check_GoodRequest_FindsNothing() => Assert.Empty(Check(Request));

    [Fact]
    public void Check_Nothing_NamesEveryField() => Assert.Equal(
        [
            "buyerEmail", "buyerName", "card.expiration", "card.holder", "card.number", "card.securityCode",
            "shippingAddress.city", "shippingAddress.country", "shippingAddress.street", "shippingAddress.zipCode",
        ],
        Check(new CheckoutRequest(null, null, null, null)).Order());

    [Theory]
    [InlineData("06/30", true)]
    [InlineData("05/30", false)]
    [InlineData("12/40", true)]
    [InlineData("13/40", false)]
    [InlineData("6/30", false)]
    [InlineData("06/2030", false)]
    [InlineData("", false)]
    public void Check_Expiration_IsGoodUntilItsMonthIsOver(string expiration, bool isGood) =>
        Assert.Equal(isGood ? [] : ["card.expiration"], Check(Request with { Card = Card with { Expiration = expiration } }));

    [Fact]
    public void Check_MonthOver_CardHasExpired() =>
        Assert.Equal(["card.expiration"], CheckoutRules.Check(Request, Now.AddSeconds(1)).ToErrors().Keys);

    [Theory]
    [InlineData("ada@example.com", true)]
    [InlineData("ada", false)]
    [InlineData("@example.com", false)]
    [InlineData("Ada <ada@example.com>", false)]
    [InlineData("ada@exam ple.com", false)]
    public void Check_Email_MustBeAnAddress(string email, bool isGood) =>
        Assert.Equal(isGood ? [] : ["buyerEmail"], Check(Request with { BuyerEmail = email }));

    [Fact]
    public void Check_LongOrControlCharacters_AreRefused()
    {
        var request = Request with { ShippingAddress = Address with { City = new string('x', 101), State = "a\u0000b", Street = "1\nRoad" } };

        Assert.Equal(["shippingAddress.city", "shippingAddress.state", "shippingAddress.street"], Check(request).Order());
    }

    [Fact]
    public void Fingerprint_OtherSecurityCodeOrTotal_IsTheSameAndOtherAddressIsNot()
    {
        var fingerprint = StoredReply.FingerprintOf(Request);

        Assert.Equal(fingerprint, StoredReply.FingerprintOf(Request with { ExpectedTotal = 9.90m }));
        Assert.Equal(fingerprint, StoredReply.FingerprintOf(Request with { Card = Card with { SecurityCode = "999" } }));
        Assert.NotEqual(fingerprint, StoredReply.FingerprintOf(Request with { ShippingAddress = Address with { City = "Lisbon" } }));
        Assert.NotEqual(fingerprint, StoredReply.FingerprintOf(Request with { Card = Card with { Number = "4000000000000002" } }));
    }

    private static string[] Check(CheckoutRequest request) => [.. CheckoutRules.Check(request, Now).ToErrors().Keys];
}
