using Basket.Api.Baskets;

namespace Basket.Api.Tests.Baskets;

public sealed class BasketSnapshotTests
{
    private static readonly Guid Ada = Guid.NewGuid();

    [Fact]
    public void Merge_SameProduct_AddsQuantitiesUpToTheBoundAndKeepsTheOwnPrice()
    {
        var own = Basket(new BasketLine(1, 60, 10m), new BasketLine(2, 1, 5m));
        var guest = Basket(new BasketLine(1, 60, 11m), new BasketLine(3, 2, 7m));

        var merged = own.Merge(guest);

        Assert.Equal([new BasketLine(1, 99, 10m), new BasketLine(2, 1, 5m), new BasketLine(3, 2, 7m)], merged.Lines);
    }

    [Fact]
    public void Merge_TooManyProducts_KeepsTheOwnOnes()
    {
        var own = Basket([.. Enumerable.Range(100, 49).Select(id => new BasketLine(id, 1, 1m))]);
        var guest = Basket(new BasketLine(1, 1, 1m), new BasketLine(2, 1, 1m), new BasketLine(100, 1, 1m));

        var merged = own.Merge(guest);

        Assert.Equal(BasketSnapshot.MaxLines, merged.Lines.Count);
        Assert.Equal(own.Lines.Count, merged.Lines.Count(line => line.ProductId >= 100));
        Assert.Equal(2, merged.Find(100)!.Quantity);
    }

    [Theory]
    [InlineData("2@19.90")]
    [InlineData("99@0.01")]
    [InlineData("1@1234567.5")]
    public void Line_TextRoundTrip_IsUnchanged(string text) => Assert.Equal(text, BasketLine.FromText(5, text).ToText());

    private static BasketSnapshot Basket(params BasketLine[] lines) => new(Ada, lines);
}
