using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServiceBusBroker;

namespace EventBus.Tests.AzureServiceBus;

/// <summary>The connection is cut, closed in order, or silent; the broker is down.</summary>
public sealed class BrokenConnectionTests(TestServers servers) : IAsyncDisposable
{
    private readonly TestServiceBus _broker = new();

    public static TheoryData<string> Faults => ["cut", "forced", "closed"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Connection_LostWhileIdle_DeliversAgainWithinFiveSeconds(string fault)
    {
        await using var shop = await StartAsync();
        await shop.PublishAsync(new ItemSold(1, 1));
        await shop.HasEffectsAsync(1);
        var lostAt = TimeProvider.System.GetTimestamp();

        Break(fault);
        await shop.PublishAsync(new ItemSold(1, 2));

        await shop.HasEffectsAsync(2);
        Assert.InRange(TimeProvider.System.GetElapsedTime(lostAt), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Connection_LostAgainAndAgain_LosesNothing_AndKeepsTheOrder(string fault)
    {
        await using var shop = await StartAsync();

        for (var round = 0; round < 4; round++)
        {
            await shop.PublishAsync([.. Enumerable.Range(1, 200).Select(i => new ItemSold(i % 5, (round * 200) + i))]);
            await Eventually.TrueAsync(() => shop.Ledger.Seen.Count > round * 200, "some of the round are handled");
            Break(fault);
        }

        await shop.HasEffectsAsync(800);
        Assert.All((await shop.EffectsAsync()).GroupBy(effect => effect.Key), product => Assert.Equal(
            product.Select(effect => effect.Number).Order(), product.Select(effect => effect.Number)));
        await shop.OutboxIsEmptyAsync();
        await Eventually.TrueAsync(() => _broker.Count("events/Subscriptions/shop-api") == 0, "all are acknowledged");
    }

    [Fact]
    public async Task BrokerDownAtStart_ServiceRunsDegraded_AndDeliversOnceItIsThere()
    {
        _broker.Close();
        await using var shop = await StartAsync();

        await shop.PublishAsync(new ItemSold(1, 1));
        await Eventually.TrueAsync(async () => (await shop.HealthAsync()).Status == HealthStatus.Degraded, "the reason is reported");
        Assert.Contains("Service Bus cannot be reached", (await shop.HealthAsync()).Description, StringComparison.Ordinal);

        _broker.Open();
        await shop.HasEffectsAsync(1);
        await Eventually.TrueAsync(async () => (await shop.HealthAsync()).Status == HealthStatus.Healthy, "the service is healthy again");
    }

    [Fact]
    public async Task SilentConnection_IsGivenUp_AndTheMessagesAreSentAgain()
    {
        await using var proxy = new TcpProxy("127.0.0.1", _broker.Port);
        proxy.Mend();
        await using var shop = await StartAsync(options => options.BrokerTimeout = TimeSpan.FromSeconds(1), proxy.Port);
        await shop.PublishAsync(new ItemSold(1, 1));
        await shop.HasEffectsAsync(1);

        proxy.Freeze();
        await shop.PublishAsync(new ItemSold(1, 2));
        await Eventually.TrueAsync(async () => (await shop.HealthAsync()).Status == HealthStatus.Degraded, "the silence is noticed");
        proxy.Cut();
        proxy.Mend();

        await shop.HasEffectsAsync(2);
    }

    private void Break(string fault)
    {
        switch (fault)
        {
            case "cut":
                _broker.CutConnections();
                break;

            case "forced":
                _broker.ForceConnections();
                break;

            default:
                _broker.Close();
                _broker.Open();
                break;
        }
    }

    private async Task<Service> StartAsync(Action<EventBusOptions>? configure = null, int? port = null) =>
        await Service.StartAsync(new ServicePlan
        {
            Name = "Shop.Api",
            Declare = bus => bus.Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>(),
            Configure = configure ?? (_ => { }),
            ServiceBus = _broker,
            ServiceBusPort = port,
            Postgres = await servers.Servers.CreateDatabaseAsync(Token),
        });
}
