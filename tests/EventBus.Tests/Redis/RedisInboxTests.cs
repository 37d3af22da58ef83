using EventBus.Tests.Contracts;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace EventBus.Tests.Redis;

public sealed class RedisInboxTests(TestServers servers)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MessagesWithVersions_LeaveOneKeyForTheirAggregate_AndOthersOneEach(bool inBatches)
    {
        await using var shop = await Service.StartAsync(new ServicePlan
        {
            Name = "Shop.Api",
            Declare = bus => bus.Subscribe<PriceChanged, NoteEffect>(inBatches).Subscribe<StockChanged, NoteEffect>(inBatches),
            Broker = new InMemoryBroker(),
            Redis = await servers.CreateEmptyRedisAsync(),
        });

        await shop.PutOnWireAsync(
        [
            .. Enumerable.Range(1, 10).Select(i => StoreContract.OnWire(new PriceChanged(1, i, i), "1", version: i)),
            .. Enumerable.Range(1, 10).Select(i => StoreContract.OnWire(new StockChanged(1, i, i), "1", version: i)),
            .. Enumerable.Range(1, 3).Select(i => StoreContract.OnWire(new StockChanged(1, i, i), "1")),
        ]);

        await shop.HasEffectsAsync(23);
        var keys = await KeysAsync(shop);
        Assert.Equal(3, keys.Count(key => key.StartsWith("messaging:inbox:", StringComparison.Ordinal)));
        Assert.Equal(
            ["messaging:version:shop-api:shop.price-changed:1", "messaging:version:shop-api:shop.stock-changed:1"],
            keys.Where(key => key.StartsWith("messaging:version:", StringComparison.Ordinal)).Order());
    }

    private static async Task<IReadOnlyList<string>> KeysAsync(Service shop)
    {
        var redis = shop.Services.GetRequiredService<IConnectionMultiplexer>();
        return [.. await redis.GetServers()[0].KeysAsync(redis.GetDatabase().Database).Select(key => $"{key}").ToListAsync()];
    }
}
