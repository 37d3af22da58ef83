using Catalog.Api.Tests.Setup;
using Contracts.Catalog;

namespace Catalog.Api.Tests.Items;

public sealed class RepublishTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Republish_PublishesTheStateOfEveryProductOnSale()
    {
        var app = shared.App;
        var gone = await app.NewProductAsync(stock: 3, Stop);
        using (await app.Admin.DeleteAsync($"api/catalog/items/{gone}", Stop))
        {
        }

        await app.Others.ReceivesAsync<ProductDiscontinued>("catalog.product-discontinued", e => e.ProductId == gone);
        var before = app.Others.Received<ProductChanged>("catalog.product-changed").Count(e => e.ProductId == 17);
        var version = (long)(await app.ItemAsync(17, Stop))["version"]!;
        var requester = $"a-new-replica-{Guid.NewGuid():n}";

        await app.Others.PublishAsync(new RepublishProducts(requester), Stop);

        var done = await app.Others.ReceivesAsync<ProductsRepublished>("catalog.products-republished", e => e.RequestedBy == requester);
        Assert.True(done.Count >= 104);
        await Eventually.TrueAsync(
            () => app.Others.Received<ProductChanged>("catalog.product-changed").Count(e => e.ProductId == 17) > before);
        Assert.Equal(version, app.Others.Received<ProductChanged>("catalog.product-changed").Last(e => e.ProductId == 17).Version);
        Assert.Single(app.Others.Received<ProductChanged>("catalog.product-changed"), e => e.ProductId == gone);
    }
}
