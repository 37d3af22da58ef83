using Basket.Api.Checkouts;

namespace Basket.Api.Tests.Checkouts;

public sealed class CardBrandTests
{
    // Test numbers that payment providers publish.
    [Theory]
    [InlineData("4242424242424242", "Visa")]
    [InlineData("5555555555554444", "Mastercard")]
    [InlineData("2223003122003222", "Mastercard")]
    [InlineData("2720990000000007", "Mastercard")]
    [InlineData("378282246310005", "American Express")]
    [InlineData("6011111111111117", "Discover")]
    [InlineData("6500000000000002", "Discover")]
    [InlineData("3056930009020004", "Diners Club")]
    [InlineData("36227206271667", "Diners Club")]
    [InlineData("3566002020360505", "JCB")]
    [InlineData("6200000000000005", "UnionPay")]
    [InlineData("6759649826438453", "Maestro")]
    public void Of_NumberOfABrand_IsItsName(string number, string brand) => Assert.Equal(brand, CardBrand.Of(number));

    [Theory]
    [InlineData("2220999999999999")]
    [InlineData("2721000000000000")]
    [InlineData("9000000000000000")]
    [InlineData("100000000000")]
    public void Of_AnyOtherNumber_IsNull(string number) => Assert.Null(CardBrand.Of(number));
}
