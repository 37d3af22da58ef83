using EventBus.Messages;
using EventBus.Tests.Shop;

namespace EventBus.Tests.Messages;

public sealed class WireNameTests
{
    [Fact]
    public void Type_IsNamedByTheLastNamespacePartAndItself() => Assert.Equal("shop.price-changed", WireName.Of(typeof(PriceChanged)));

    [Theory]
    [InlineData("Catalog.Api", "catalog-api")]
    [InlineData("WebApp", "web-app")]
    [InlineData("HTTPServer", "http-server")]
    [InlineData("Order2Cancelled", "order2-cancelled")]
    [InlineData("already-kebab", "already-kebab")]
    public void Name_BecomesKebab(string name, string kebab) => Assert.Equal(kebab, WireName.Kebab(name));
}
