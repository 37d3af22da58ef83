using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using ServiceBusBroker;

namespace Benchmarks.Messaging;

/// <summary>Azure.Messaging.ServiceBus alone, on a broker of the tests in this process: the numbers say nothing about Azure.</summary>
internal sealed class RawServiceBus : IRawClient
{
    private const string Queue = "raw";
    private const int Window = 500;
    private const int AtOnce = 50;
    private static readonly byte[] Body = new byte[512];
    private static readonly EntityOptions OfTheBus = new() { RequiresSession = true, MaxDeliveryCount = 1000 };

    private readonly TestServiceBus _broker;
    private readonly ServiceBusClient _client;
    private readonly ServiceBusSender _sender;

    public RawServiceBus(TestServiceBus broker)
    {
        (_broker, _client) = (broker, new ServiceBusClient(broker.ConnectionString));
        broker.CreateQueue(Queue);
        broker.CreateTopic("events");
        CreateSubscription(BusHost.Queue);
        _sender = _client.CreateSender(Queue);
    }

    public string Title => "Azure.Messaging.ServiceBus";

    public async Task<double> PublishAwaitedAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var rate = await Rate.OfAsync(duration, 1, () => _sender.SendMessageAsync(Message(), cancellationToken), cancellationToken);
        await EmptyAsync();
        return rate;
    }

    public async Task<double> PublishPipelinedAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var rate = await Rate.OfAsync(duration, Window, () => PublishWindowAsync(cancellationToken), cancellationToken);
        await EmptyAsync();
        return rate;
    }

    public async Task<double> ConsumeAsync(int count, CancellationToken cancellationToken)
    {
        for (var published = 0; published < count; published += Window)
        {
            await PublishWindowAsync(cancellationToken);
        }

        var rate = new Rate(count);
        await using var receiver = _client.CreateReceiver(Queue, new ServiceBusReceiverOptions { PrefetchCount = 200 });
        for (var received = 0; received < count;)
        {
            var messages = await receiver.ReceiveMessagesAsync(AtOnce, cancellationToken: cancellationToken);
            await Task.WhenAll(messages.Select(message => receiver.CompleteMessageAsync(message, cancellationToken)));
            received += messages.Count;
            rate.Add(messages.Count);
        }

        return await rate.PerSecondAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<double>> HopAsync(int count, TimeSpan pause, CancellationToken cancellationToken)
    {
        await using var receiver = _client.CreateReceiver(Queue);
        var hops = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            var receiving = receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(10), cancellationToken);
            await Task.Delay(pause, cancellationToken);
            var published = Stopwatch.GetTimestamp();
            await _sender.SendMessageAsync(Message(), cancellationToken);
            var message = await receiving;
            hops.Add(Stopwatch.GetElapsedTime(published).TotalMilliseconds);
            await receiver.CompleteMessageAsync(message, cancellationToken);
        }

        return hops;
    }

    public Task PurgeAsync(string queue, CancellationToken cancellationToken)
    {
        _broker.DeleteSubscription("events", queue);
        CreateSubscription(queue);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private void CreateSubscription(string queue) => _broker.CreateSubscription(
        "events", queue, OfTheBus, [new CorrelationRule("all")]);

    private Task EmptyAsync()
    {
        _broker.DeleteQueue(Queue);
        _broker.CreateQueue(Queue);
        return Task.CompletedTask;
    }

    private async Task PublishWindowAsync(CancellationToken cancellationToken)
    {
        for (var left = Window; left > 0;)
        {
            using var batch = await _sender.CreateMessageBatchAsync(cancellationToken);
            while (left > 0 && batch.TryAddMessage(Message()))
            {
                left--;
            }

            await _sender.SendMessagesAsync(batch, cancellationToken);
        }
    }

    /// <summary>With the properties that a message of the bus has, so that the broker has the same to carry.</summary>
    private static ServiceBusMessage Message() => new(Body)
    {
        MessageId = $"{Guid.CreateVersion7()}",
        CorrelationId = "42",
        ContentType = "application/json",
        Subject = Queue,
        ApplicationProperties =
        {
            ["type"] = Queue,
            ["key"] = "42",
            ["app-id"] = Queue,
            ["version"] = 1L,
            ["x-created-at"] = 1_800_000_000_000_000L,
            ["x-published-at"] = 1_800_000_000_000_000L,
        },
    };
}
