using Basket.Api.Checkouts;

namespace Basket.Api.Tests.Checkouts;

public sealed class CardNumberTests
{
    [Theory]
    [InlineData("4242424242424242")]
    [InlineData("4000 0000 0000 0002")]
    [InlineData("4000-0000-0000-9995")]
    [InlineData("4000000000000069")]
    [InlineData("4000000000000119")]
    [InlineData("4000000000003220")]
    [InlineData("378282246310005")]
    public void Parse_CardNumber_GivesItsDigits(string text) =>
        Assert.Equal(string.Concat(text.Where(char.IsAsciiDigit)), CardNumber.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("4242424242424241")]
    [InlineData("42424242424")]
    [InlineData("42424242424242424242")]
    [InlineData("4242x42424242424")]
    [InlineData("٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢")]
    public void Parse_AnythingElse_IsRefused(string? text) => Assert.Null(CardNumber.Parse(text));
}
