using System.Text.Json;
using EventBus.Failure;

namespace EventBus.Tests.Failure;

public sealed class OwnFrameTests
{
    [Theory]
    [InlineData("Shop.Sell", "HandleAsync", "Shop.Sell.HandleAsync")]
    [InlineData("Shop.Sell+<HandleAsync>d__3", "MoveNext", "Shop.Sell.HandleAsync")]
    [InlineData("Shop.Sell+<>c__DisplayClass3_0", "<HandleAsync>b__0", "Shop.Sell.HandleAsync")]
    [InlineData("Shop.Sell+<>c+<<HandleAsync>b__1_0>d", "MoveNext", "Shop.Sell.HandleAsync")]
    [InlineData("Shop.Sell", "<HandleAsync>g__Local|3_0", "Shop.Sell.HandleAsync")]
    [InlineData("Shop.Sell+Line", "Check", "Shop.Sell.Line.Check")]
    public void Name_IsThatOfTheSource(string type, string method, string expected) =>
        Assert.Equal(expected, OwnFrame.NameOf(type, method));

    [Fact]
    public void FaultOfALibrary_IsNamedByItsCaller()
    {
        var fault = Record.Exception(() => JsonSerializer.Deserialize<int>("no number"));

        Assert.Equal(
            $"{typeof(OwnFrameTests)}.{nameof(FaultOfALibrary_IsNamedByItsCaller)}", OwnFrame.Of(fault!, [typeof(OwnFrameTests).Assembly]));
        Assert.Null(OwnFrame.Of(fault!, [typeof(OwnFrame).Assembly]));
    }

    [Fact]
    public void WrappedFault_IsNamedByItsCause()
    {
        var cause = Record.Exception(() => JsonSerializer.Deserialize<int>("no number"));

        Assert.Equal(
            $"{typeof(OwnFrameTests)}.{nameof(WrappedFault_IsNamedByItsCause)}",
            OwnFrame.Of(new TimeoutException("late", cause), [typeof(OwnFrameTests).Assembly]));
    }
}
