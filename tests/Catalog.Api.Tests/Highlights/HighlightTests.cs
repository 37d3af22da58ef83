using System.Text.Json.Nodes;
using Catalog.Api.Stock;
using Catalog.Api.Tests.Setup;
using Contracts.Ordering;
using Microsoft.EntityFrameworkCore;

namespace Catalog.Api.Tests.Highlights;

public sealed class HighlightTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CatalogApp App => shared.App;

    [Fact]
    public async Task Highlights_HaveEachProductOnce_InStock()
    {
        var lists = await HighlightsAsync();
        var all = lists.AsObject().SelectMany(list => list.Value!.AsArray()).ToList();

        Assert.Equal(["featured", "nearlyGone", "bestsellers", "newest"], lists.Members());
        Assert.Equal(all.Count, all.DistinctBy(item => (int)item!["id"]!).Count());
        Assert.All(all, item => Assert.True((int)item!["availableStock"]! > 0));
        Assert.All(lists["featured"]!.AsArray(), item => Assert.True((bool)item!["isFeatured"]!));
        Assert.All(lists["nearlyGone"]!.AsArray(), item => Assert.InRange((int)item!["availableStock"]!, 1, 10));
    }

    [Fact]
    public async Task Sale_IsCountedOnce_AndTakenBackWhenItIsCancelled()
    {
        var (lamp, kite) = (await App.NewProductAsync(stock: 5000, Stop), await App.NewProductAsync(stock: 5000, Stop));
        var (first, second, unpaid) = (Order((lamp, 700), (kite, 20)), Order((lamp, 300)), Order((kite, 900)));
        foreach (var order in new[] { first, second, unpaid })
        {
            await App.Others.PublishAsync(order, Stop);
        }

        foreach (var order in new[] { first, second, first })
        {
            await App.Others.PublishAsync(new OrderPaid(order.OrderId, order.BuyerId, order.Total, "EUR", 2), Stop);
        }

        await Eventually.TrueAsync(async () => (await SoldAsync(lamp), await SoldAsync(kite)) == (1000, 20));
        Assert.Equal(lamp, (int)(await HighlightsAsync())["bestsellers"]![0]!["id"]!);

        await CancelAsync(second);
        await CancelAsync(unpaid);

        await Eventually.TrueAsync(async () => await App.HoldStatusAsync(unpaid.OrderId, Stop) == HoldStatus.Cancelled);
        Assert.Equal((700, 20), (await SoldAsync(lamp), await SoldAsync(kite)));
    }

    private async Task CancelAsync(OrderPlaced order)
    {
        await App.Others.PublishAsync(new OrderCancelled(order.OrderId, order.BuyerId, CancelReasons.CancelledByBuyer, "", 3), Stop);
        await Eventually.TrueAsync(async () => await App.HoldStatusAsync(order.OrderId, Stop) == HoldStatus.Cancelled);
    }

    private Task<long> SoldAsync(int product) => App.QueryAsync(
        db => db.Sales.Where(sales => sales.ProductId == product).Select(sales => sales.Sold).SingleOrDefaultAsync(Stop));

    private Task<JsonNode> HighlightsAsync() => App.GetAsync("api/catalog/highlights", Stop);

    private static OrderPlaced Order(params (int, int)[] lines) => Stock.ReserveStockTests.Order(lines);
}
