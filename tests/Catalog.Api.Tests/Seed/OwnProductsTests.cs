using Catalog.Api.Items;
using Catalog.Api.Seed;

namespace Catalog.Api.Tests.Seed;

public sealed class OwnProductsTests
{
    private const int MostPictureBytes = 12_000;

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

    [Fact]
    public async Task Products_HaveASmallPictureEach()
    {
        var products = await SeedFile.ReadAsync(Path.Combine(Folder, "products.json"), TestContext.Current.CancellationToken);

        foreach (var name in products.Select(product => $"{product.Id}.webp").Append("placeholder.webp"))
        {
            var picture = new FileInfo(Path.Combine(Folder, "Pictures", name));
            Assert.True(picture is { Exists: true, Length: > 1000 and <= MostPictureBytes }, $"{name} is missing or has not its size");
        }
    }
}
