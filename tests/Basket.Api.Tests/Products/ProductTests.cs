using Basket.Api.Products;
using Contracts.Catalog;

namespace Basket.Api.Tests.Products;

public sealed class ProductTests
{
    private static readonly Func<Product, Product>[] Story =
    [
        product => product.Apply(new ProductChanged(7, "Old name", "", 10m, "EUR", "", "", 5, Version: 1)),
        product => product.Apply(new PriceChanged(7, 10m, 12m, "EUR", Version: 2)),
        product => product.Apply(new ProductChanged(7, "New name", "", 12m, "EUR", "", "", 5, Version: 3)),
        product => product.Apply(new StockLevelChanged(7, 2, Version: 4)),
        product => product.Apply(new PriceChanged(7, 12m, 15m, "EUR", Version: 5)),
        product => product.Apply(new ProductDiscontinued(7, Version: 6)),
    ];

    [Fact]
    public void Events_InAnyOrderAndTwice_GiveTheSameProduct()
    {
        var expected = Story.Aggregate(new Product(7), (product, apply) => apply(product));
        Assert.Equal(("New name", 15m, 2, true), (expected.Name, expected.Price, expected.AvailableStock, expected.IsDiscontinued));

        foreach (var order in Permutations([.. Enumerable.Range(0, Story.Length)]))
        {
            var received = order.Concat(order.Take(3)).Aggregate(new Product(7), (product, step) => Story[step](product));
            Assert.Equal((expected.Name, expected.Price, expected.AvailableStock, expected.IsDiscontinued),
                (received.Name, received.Price, received.AvailableStock, received.IsDiscontinued));
        }
    }

    [Fact]
    public void PartsOnly_ProductIsNotKnown()
    {
        var product = new Product(7).Apply(new PriceChanged(7, 1m, 2m, "EUR", Version: 4));

        Assert.False(product.IsKnown());
        Assert.True(product.Apply(new ProductChanged(7, "Name", "", 1m, "EUR", "", "", 5, Version: 3)).IsKnown());
    }

    [Fact]
    public void Discontinued_PublishedAgainWithoutStock_StaysDiscontinued()
    {
        var product = Story.Aggregate(new Product(7), (product, apply) => apply(product));

        Assert.True(product.Apply(new ProductChanged(7, "New name", "", 15m, "EUR", "", "", 0, Version: 8)).IsDiscontinued);
        Assert.False(product.Apply(new ProductChanged(7, "New name", "", 15m, "EUR", "", "", 3, Version: 8)).IsDiscontinued);
    }

    [Fact]
    public void Json_RoundTrip_IsEqual()
    {
        var product = Story.Aggregate(new Product(7), (product, apply) => apply(product));

        Assert.Equal(product, Product.FromJson(product.ToJson()));
    }

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany(
            (item, index) => Permutations([.. items[..index], .. items[(index + 1)..]]).Select(rest => (int[])[item, .. rest]));
}
