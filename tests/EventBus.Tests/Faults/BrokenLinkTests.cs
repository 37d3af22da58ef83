using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventBus.Tests.Faults;

/// <summary>The broker is down, goes down, or does not answer.</summary>
public sealed class BrokenLinkTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BrokerDownAtStart_ServiceRunsDegraded_AndDeliversOnceItIsThere()
    {
        await using var link = await OpenAsync();
        await using var shop = await StartAsync(link);

        await shop.PublishAsync(new ItemSold(1, 1));
        await Eventually.TrueAsync(
            async () => (await shop.HealthAsync()).Description?.Contains("publish", StringComparison.Ordinal) == true,
            "the reason is reported");
        Assert.Equal(HealthStatus.Degraded, (await shop.HealthAsync()).Status);

        link.Proxy.Mend();
        await shop.HasEffectsAsync(1);
        await Eventually.TrueAsync(async () => (await shop.HealthAsync()).Status == HealthStatus.Healthy, "the service is healthy again");
    }

    [Fact]
    public async Task LinkCutAgainAndAgain_LosesNothing_AndKeepsTheOrder()
    {
        await using var link = await OpenAsync();
        link.Proxy.Mend();
        await using var shop = await StartAsync(link);

        for (var round = 0; round < 4; round++)
        {
            await shop.PublishAsync([.. Enumerable.Range(1, 200).Select(i => new ItemSold(i % 5, (round * 200) + i))]);
            await Eventually.TrueAsync(() => shop.Ledger.Seen.Count > round * 200, "some of the round are handled");
            link.Proxy.Cut();
            link.Proxy.Mend();
        }

        await shop.HasEffectsAsync(800);
        foreach (var product in (await shop.EffectsAsync()).GroupBy(effect => effect.Key))
        {
            Assert.Equal(product.Select(effect => effect.Number).Order(), product.Select(effect => effect.Number));
        }

        await shop.OutboxIsEmptyAsync();
    }

    [Fact]
    public async Task FrozenLink_IsGivenUp_AndTheMessagesAreSentAgain()
    {
        await using var link = await OpenAsync();
        link.Proxy.Mend();
        await using var shop = await StartAsync(link, options => options.BrokerTimeout = TimeSpan.FromSeconds(1));
        await shop.PublishAsync(new ItemSold(1, 1));
        await shop.HasEffectsAsync(1);

        link.Proxy.Freeze();
        await shop.PublishAsync(new ItemSold(1, 2));
        await Eventually.TrueAsync(async () => (await shop.HealthAsync()).Status == HealthStatus.Degraded, "the silence is noticed");
        link.Proxy.Cut();
        link.Proxy.Mend();

        await shop.HasEffectsAsync(2);
    }

    [Fact]
    public async Task LinkCutDuringAReplay_EndsIt_AndTheOthersStayDeadLetters()
    {
        await using var link = await OpenAsync();
        link.Proxy.Mend();
        await using var shop = await StartWithDeadLettersAsync(link, count: 20);
        var deadLetters = shop.Services.GetRequiredService<DeadLetterQueues>();

        var replaying = deadLetters.ReplayAsync(new DeadLetterReplay { Queue = "shop-api", Rate = 10 }, Token);
        await Eventually.TrueAsync(async () => (await shop.EffectsAsync()).Count > 2, "some are replayed");
        link.Proxy.Cut();
        link.Proxy.Mend();

        await Assert.ThrowsAsync<BrokerLostException>(() => replaying);

        // The one that was just replayed may be both.
        await Eventually.TrueAsync(
            async () => (await shop.EffectsAsync()).Count + (await deadLetters.CountAsync(Token)).Sum(queue => queue.Count) is 20 or 21,
            "all others are still there");
        Assert.InRange((await shop.EffectsAsync()).Count, 3, 19);
    }

    /// <summary>The link is cut between reading a letter and sending its copy.</summary>
    [Fact]
    public async Task LinkCutWhileALetterIsSent_EndsTheReplay_AndLosesNoLetter()
    {
        await using var link = await OpenAsync();
        link.Proxy.Mend();
        await using var shop = await StartWithDeadLettersAsync(link, count: 3);
        var deadLetters = shop.Services.GetRequiredService<DeadLetterQueues>();

        await Assert.ThrowsAsync<BrokerLostException>(() => deadLetters.ReplayAsync(
            new DeadLetterReplay
            {
                Queue = "shop-api",
                Where = _ =>
                {
                    link.Proxy.Cut();
                    link.Proxy.Mend();
                    return true;
                },
            },
            Token));

        await Eventually.TrueAsync(
            async () => (await shop.EffectsAsync()).Count + (await deadLetters.CountAsync(Token)).Sum(queue => queue.Count) >= 3,
            "all are still there");
    }

    private async Task<Service> StartWithDeadLettersAsync(Link link, int count)
    {
        var shop = await StartAsync(link, options => options.RetryDelays = []);
        var isRepaired = false;
        shop.Ledger.OnHandling = (_, _) => isRepaired ? Task.CompletedTask : throw new InvalidOperationException("bug");
        await shop.PublishAsync([.. Enumerable.Range(1, count).Select(i => new ItemSold(i, i))]);
        await shop.HasDeadLettersAsync(count);
        isRepaired = true;
        return shop;
    }

    private async Task<Link> OpenAsync()
    {
        var broker = new UriBuilder(await servers.Servers.CreateVirtualHostAsync(Token));
        var proxy = new TcpProxy(broker.Host, broker.Port);
        broker.Port = proxy.Port;
        return new Link(proxy, broker.Uri.ToString());
    }

    private async Task<Service> StartAsync(Link link, Action<EventBusOptions>? configure = null) => await Service.StartAsync(new ServicePlan
    {
        Name = "Shop.Api",
        Declare = bus => bus.Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>(),
        Configure = configure ?? (_ => { }),
        RabbitMq = link.Address,
        Postgres = await servers.Servers.CreateDatabaseAsync(Token),
    });

    private sealed record Link(TcpProxy Proxy, string Address) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Proxy.DisposeAsync();
    }
}
