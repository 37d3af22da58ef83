using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Basket.Api.Checkouts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Basket.Api.Tests.Checkouts;

public sealed class CheckoutRequestTests
{
    private static readonly DateTimeOffset Now = new(2030, 6, 30, 23, 59, 59, TimeSpan.Zero);

    private static readonly AddressRequest Address = new("1 Harbour Road", "Porto", null, "Portugal", "4000-001");

    private static readonly CardRequest Card = new("4242424242424242", "Ada", "06/30", "123");

    private static readonly CheckoutRequest Request = new("Ada", "ada@example.com", Address, Card);

    [Fact]
    public void Validate_GoodRequest_FindsNothing() => Assert.All([Check(Request), Check(Address), Check(Card)], Assert.Empty);

    [Fact]
    public void Validate_EmptyParts_NamesEveryField()
    {
        Assert.Equal(["BuyerEmail", "BuyerName", "Card", "ShippingAddress"], Check(new CheckoutRequest(null, null, null, null)));
        Assert.Equal(["City", "Country", "Street", "ZipCode"], Check(new AddressRequest("", " ", null, null, "")));
        Assert.Equal(["Expiration", "Holder", "Number", "SecurityCode"], Check(new CardRequest(null, null, null, null)));
    }

    [Fact]
    public void Validate_NameAndEmailInTheToken_AreNotRequired() => Assert.Empty(Check(
        Request with { BuyerName = null, BuyerEmail = "" }, claims: [new("name", "Ada"), new("email", "ada@example.com")]));

    [Theory]
    [InlineData("06/30", true)]
    [InlineData("05/30", false)]
    [InlineData("12/40", true)]
    [InlineData("01/50", true)]
    [InlineData("12/99", true)]
    [InlineData("13/40", false)]
    [InlineData("00/40", false)]
    [InlineData("6/30", false)]
    [InlineData("06/2030", false)]
    [InlineData("", false)]
    public void Expiration_OfThisCentury_IsGoodUntilItsMonthIsOver(string expiration, bool isGood) =>
        Assert.Equal(isGood ? [] : ["Expiration"], Check(Card with { Expiration = expiration }));

    [Fact]
    public void Expiration_MonthOver_HasExpired() => Assert.Equal(["Expiration"], Check(Card, Now.AddSeconds(1)));

    [Theory]
    [InlineData("ada@example.com", true)]
    [InlineData("ada", false)]
    [InlineData("@example.com", false)]
    [InlineData("Ada <ada@example.com>", false)]
    [InlineData("ada@exam ple.com", false)]
    public void Email_Text_MustBeAnAddress(string email, bool isGood) =>
        Assert.Equal(isGood ? [] : ["BuyerEmail"], Check(Request with { BuyerEmail = email }));

    [Fact]
    public void Text_LongOrControlCharacters_IsRefused() => Assert.Equal(
        ["City", "State", "Street"], Check(Address with { City = new string('x', 101), State = "a\u0000b", Street = "1\nRoad" }));

    [Theory]
    [InlineData("\u200B\u200D")]
    [InlineData("Ada \u202Ecod.exe")]
    [InlineData("\u2066Ada")]
    public void BuyerName_InvisibleOrWithDirectionOverride_IsRefused(string name) =>
        Assert.Equal(["BuyerName"], Check(Request with { BuyerName = name }));

    [Fact]
    public void Fingerprint_OtherSecurityCodeOrTotal_IsTheSameAndOtherAddressIsNot()
    {
        var fingerprint = StoredReply.FingerprintOf(Request);

        Assert.Equal(fingerprint, StoredReply.FingerprintOf(Request with { ExpectedTotal = 9.90m }));
        Assert.Equal(fingerprint, StoredReply.FingerprintOf(Request with { Card = Card with { SecurityCode = "999" } }));
        Assert.NotEqual(fingerprint, StoredReply.FingerprintOf(Request with { ShippingAddress = Address with { City = "Lisbon" } }));
        Assert.NotEqual(fingerprint, StoredReply.FingerprintOf(Request with { Card = Card with { Number = "4000000000000002" } }));
    }

    private static string[] Check(object request, DateTimeOffset? now = null, Claim[]? claims = null)
    {
        var user = new DefaultHttpContext { User = new ClaimsPrincipal(new ClaimsIdentity(claims ?? [])) };
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(new FakeTimeProvider(now ?? Now))
            .AddSingleton<IHttpContextAccessor>(new HttpContextAccessor { HttpContext = user })
            .BuildServiceProvider();
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(request, new ValidationContext(request, services, items: null), faults, validateAllProperties: true);
        return [.. faults.SelectMany(fault => fault.MemberNames).Distinct().Order()];
    }
}
