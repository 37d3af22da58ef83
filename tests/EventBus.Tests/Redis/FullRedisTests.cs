using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using StackExchange.Redis;

namespace EventBus.Tests.Redis;

/// <summary>Runs alone: the limit of the memory is that of the whole server.</summary>
[CollectionDefinition(nameof(FullRedisTests), DisableParallelization = true)]
[Collection(nameof(FullRedisTests))]
public sealed class FullRedisTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FullRedis_IsWaitedFor()
    {
        await using var shop = await StartAsync<NoteEffect>();
        await using (await FillAsync())
        {
            await shop.PutOnWireAsync(ItemSold());
            await Eventually.TrueAsync(() => shop.Ledger.Seen.Count > 4, "it is tried more often than a handler that fails");
            Assert.All(shop.Ledger.Seen, seen => Assert.Equal(1, seen.Context.Attempt));
        }

        await shop.HasEffectsAsync(1);
        await shop.HasDeadLettersAsync(0);
    }

    /// <summary>Redis answers to both that it discards the transaction, and not why.</summary>
    [Fact]
    public async Task CommandThatRedisDoesNotKnow_IsAFailureOfTheHandler()
    {
        await using var shop = await StartAsync<WrongCommand>();

        await shop.PutOnWireAsync(ItemSold());

        Assert.Contains("EXECABORT", Assert.Single(await shop.HasDeadLettersAsync(1)).ExceptionMessage, StringComparison.Ordinal);
    }

    private static Transport.TransportMessage ItemSold() => Contracts.StoreContract.OnWire(new ItemSold(1, 1), "1");

    private async Task<Service> StartAsync<THandler>() where THandler : class, IMessageHandler<ItemSold> =>
        await Service.StartAsync(new ServicePlan
        {
            Name = "Shop.Api",
            Declare = bus => bus.Subscribe<ItemSold, THandler>(),
            Broker = new InMemoryBroker(),
            Redis = await servers.CreateEmptyRedisAsync(),
        });

    /// <summary>Redis takes no writes until the result is disposed.</summary>
    private async Task<IAsyncDisposable> FillAsync()
    {
        var redis = await ConnectionMultiplexer.ConnectAsync($"{servers.Servers.CreateRedisDatabase()},allowAdmin=true");
        var server = redis.GetServers()[0];
        var limit = (await server.ConfigGetAsync("maxmemory"))[0].Value;
        await server.ConfigSetAsync("maxmemory", "1");
        return new Full(redis, server, limit);
    }

    private sealed class Full(ConnectionMultiplexer redis, IServer server, string limit) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await server.ConfigSetAsync("maxmemory", limit);
            await redis.DisposeAsync();
        }
    }

    private sealed class WrongCommand(RedisUnitOfWork step) : IMessageHandler<ItemSold>
    {
        public Task HandleAsync(ItemSold message, MessageContext context, CancellationToken cancellationToken)
        {
            _ = step.Transaction.ExecuteAsync("UNKNOWN");
            return Task.CompletedTask;
        }
    }
}
