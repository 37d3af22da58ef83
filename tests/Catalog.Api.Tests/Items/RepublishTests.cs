using Catalog.Api.Tests.Setup;
using Contracts.Catalog;

namespace Catalog.Api.Tests.Items;

public sealed class RepublishTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Republish_TellsEveryLiveProductAsItIs()
    {
        var app = shared.App;
        var gone = await app.NewProductAsync(stock: 3, Stop);
        using (await app.Admin.DeleteAsync($"api/catalog/items/{gone}", Stop))
        {
        }

        await app.Others.HearsAsync<ProductDiscontinued>("catalog.product-discontinued", e => e.ProductId == gone);
        var before = app.Others.Heard<ProductChanged>("catalog.product-changed").Count(e => e.ProductId == 17);
        var version = (long)(await app.ItemAsync(17, Stop))["version"]!;
        var asker = $"a-new-replica-{Guid.NewGuid():n}";

        await app.Others.TellAsync(new RepublishProducts(asker), Stop);

        var done = await app.Others.HearsAsync<ProductsRepublished>("catalog.products-republished", e => e.RequestedBy == asker);
        Assert.True(done.Count >= 104);
        await Eventually.TrueAsync(
            () => app.Others.Heard<ProductChanged>("catalog.product-changed").Count(e => e.ProductId == 17) > before);
        Assert.Equal(version, app.Others.Heard<ProductChanged>("catalog.product-changed").Last(e => e.ProductId == 17).Version);
        Assert.Single(app.Others.Heard<ProductChanged>("catalog.product-changed"), e => e.ProductId == gone);
    }
}
