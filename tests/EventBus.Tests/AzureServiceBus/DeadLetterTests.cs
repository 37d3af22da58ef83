using EventBus.Messages;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using EventBus.Transport;
using Microsoft.Extensions.DependencyInjection;
using ServiceBusBroker;

namespace EventBus.Tests.AzureServiceBus;

/// <summary>Reading dead letters while messages are consumed over the same connection.</summary>
public sealed class DeadLetterTests(TestServers servers) : IAsyncDisposable
{
    private readonly TestServiceBus _broker = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    /// <summary>One slow receive ended the connection, and with it every session.</summary>
    [Fact]
    public async Task LettersThatAreNotReceivedInTime_EndTheirReader_AndNoOtherSession()
    {
        await using var shop = await StartAsync();
        var transport = shop.Services.GetRequiredService<ITransport>();
        await using var session = await transport.ConsumeAsync(QueueOf(shop, MessageKind.Command), prefetch: 1, _ => { }, Token);
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _broker.DeadLettersOpen = opened.Task;

        await Assert.ThrowsAsync<BrokerLostException>(
            () => shop.Services.GetRequiredService<DeadLetterQueues>().PeekAsync("shop-api", cancellationToken: Token));

        opened.SetResult();
        await shop.PublishAsync(new ItemSold(1, 1));
        await shop.HasEffectsAsync(1);
        Assert.False(session.Ended.IsCompleted);
    }

    [Fact]
    public async Task Consumers_CanBeDisposedTwice()
    {
        await using var shop = await StartAsync();
        var transport = shop.Services.GetRequiredService<ITransport>();
        var queue = QueueOf(shop, MessageKind.Event);
        IConsumerSession[] consumers =
        [
            await transport.ConsumeAsync(queue, prefetch: 1, _ => { }, Token),
            await transport.ConsumeDeadLettersAsync(queue, prefetch: 1, _ => { }, Token),
        ];

        foreach (var consumer in consumers)
        {
            await consumer.DisposeAsync();
            await consumer.DisposeAsync();
            Assert.True(consumer.Ended.IsCompletedSuccessfully);
        }
    }

    private static QueuePlan QueueOf(Service shop, MessageKind kind) =>
        shop.Services.GetRequiredService<TopologyPlan>().Consumed.Single(queue => queue.Kind == kind);

    private async Task<Service> StartAsync() => await Service.StartAsync(new ServicePlan
    {
        Name = "Shop.Api",
        Declare = bus => bus
            .Publishes<ItemSold>(e => $"{e.ProductId}").Subscribe<ItemSold, NoteEffect>()
            .Sends<ChargeCard>(c => $"{c.OrderId}").Handle<ChargeCard, NoteEffect>().Publishes<CardCharged>(e => $"{e.OrderId}"),
        Configure = options => options.BrokerTimeout = TimeSpan.FromSeconds(2),
        ServiceBus = _broker,
        Postgres = await servers.Servers.CreateDatabaseAsync(Token),
    });
}
