using System.Collections.Concurrent;
using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Benchmarks.Checkout;

/// <summary>Receives the events of all orders from the broker, as one more subscriber.</summary>
internal sealed class OrderEvents : IAsyncDisposable
{
    private const string Paid = "ordering.order-paid";
    private const string Cancelled = "ordering.order-cancelled";

    private readonly IConnection _connection;
    private readonly ConcurrentDictionary<string, Waits> _waits = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Outcome>> _outcomes = new();

    private OrderEvents(IConnection connection) => _connection = connection;

    public static async Task<OrderEvents> ListenAsync(string broker, CancellationToken cancellationToken)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync(cancellationToken);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var queue = await channel.QueueDeclareAsync(cancellationToken: cancellationToken);
        await channel.QueueBindAsync(queue.QueueName, "events", "#", cancellationToken: cancellationToken);
        var events = new OrderEvents(connection);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            events.Receive(delivery.BasicProperties);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, cancellationToken);
        return events;
    }

    /// <summary>Waits until the order is paid or cancelled.</summary>
    public async Task<Outcome> OfAsync(string order, CancellationToken cancellationToken) =>
        await OutcomeOf(order).Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Receive(IReadOnlyBasicProperties properties)
    {
        if (properties.CorrelationId is not { } order)
        {
            return;
        }

        var receivedAt = Stopwatch.GetTimestamp();
        var waits = _waits.GetOrAdd(order, _ => new Waits());
        waits.Add(
            Number(properties, "x-created-at"),
            Number(properties, "x-published-at"),
            TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000);
        if (properties.Type is Paid or Cancelled)
        {
            OutcomeOf(order).TrySetResult(new Outcome(receivedAt, properties.Type == Paid, waits.Outbox, waits.Broker));
        }
    }

    private TaskCompletionSource<Outcome> OutcomeOf(string order) =>
        _outcomes.GetOrAdd(order, _ => new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously));

    private static long Number(IReadOnlyBasicProperties properties, string header) => properties.Headers?[header] as long? ?? 0;

    private sealed class Waits
    {
        /// <summary>Milliseconds from the commit to the relay, of all events so far.</summary>
        public double Outbox { get; private set; }

        /// <summary>Milliseconds from the relay to a subscriber.</summary>
        public double Broker { get; private set; }

        public void Add(long createdAt, long publishedAt, long receivedAt)
        {
            Outbox += (publishedAt - createdAt) / 1000.0;
            Broker += (receivedAt - publishedAt) / 1000.0;
        }
    }
}

/// <param name="ReceivedAt">When its last event came, as a timestamp.</param>
/// <param name="IsPaid">False: cancelled.</param>
/// <param name="Outbox">Milliseconds that its events waited for the relay.</param>
/// <param name="Broker">Milliseconds that they took from the relay to a subscriber.</param>
internal sealed record Outcome(long ReceivedAt, bool IsPaid, double Outbox, double Broker);
