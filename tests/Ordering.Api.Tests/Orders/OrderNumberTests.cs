using Ordering.Api.Orders;

namespace Ordering.Api.Tests.Orders;

public sealed class OrderNumberTests
{
    [Theory]
    [InlineData("SH-48213")]
    [InlineData("sh-48213")]
    [InlineData(" SH 48213 ")]
    [InlineData("SH48213")]
    [InlineData("#48213")]
    [InlineData("#SH-48213")]
    [InlineData("48213")]
    public void Parse_AsPeopleWriteIt_IsTheNumber(string text) => Assert.Equal(48_213, OrderNumber.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("SH-")]
    [InlineData("-48213")]
    [InlineData("SH-48213-1")]
    [InlineData("SH-99999999999")]
    [InlineData("Ada")]
    [InlineData("4.8")]
    public void Parse_OtherText_IsNull(string? text) => Assert.Null(OrderNumber.Parse(text));

    [Fact]
    public void Format_ANumber_IsReadAgain()
    {
        Assert.Equal("SH-48213", OrderNumber.Format(48_213));
        Assert.Equal(48_213, OrderNumber.Parse(OrderNumber.Format(48_213)));
    }
}
