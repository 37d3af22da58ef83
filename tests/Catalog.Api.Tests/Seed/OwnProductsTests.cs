using Catalog.Api.Items;
using Catalog.Api.Seed;

namespace Catalog.Api.Tests.Seed;

public sealed class OwnProductsTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Seed");

    [Fact]
    public async Task Products_AreManyAndDistinct()
    {
        var products = await SeedFile.ReadAsync(Path.Combine(Folder, "products.json"), TestContext.Current.CancellationToken);

        Assert.True(products.Count >= 100);
        Assert.Equal(products.Count, products.Select(product => product.Name).Distinct().Count());
        Assert.Equal(products.Count, products.Select(product => product.Description).Distinct().Count());
        Assert.Equal(
            (8, 12),
            (products.Select(product => product.Type).Distinct().Count(), products.Select(product => product.Brand).Distinct().Count()));
        Assert.All(products, product => Assert.InRange(product.Price, 1, ItemRules.HighestPrice));
    }

    [Theory]
    [InlineData(160, 10_000)]
    [InlineData(320, 22_000)]
    [InlineData(640, 45_000)]
    [InlineData(1280, 100_000)]
    public async Task Products_HaveASmallPictureEach_InEachSize(int width, int mostBytes)
    {
        var products = await SeedFile.ReadAsync(Path.Combine(Folder, "products.json"), TestContext.Current.CancellationToken);

        foreach (var name in products.Select(product => $"{product.Id}.webp").Append("placeholder.webp"))
        {
            var picture = new FileInfo(Path.Combine(Folder, "Pictures", $"{width}", name));
            Assert.True(picture is { Exists: true, Length: > 500 }, $"{width}/{name} is missing");
            Assert.InRange(picture.Length, 500, mostBytes);
        }
    }

    [Fact]
    public async Task SomeProducts_AreFeatured()
    {
        var products = await SeedFile.ReadAsync(Path.Combine(Folder, "products.json"), TestContext.Current.CancellationToken);

        Assert.InRange(products.Count(product => product.Featured), 3, 6);
    }
}
