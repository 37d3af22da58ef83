using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EventBus.Outbox;

namespace EventBus.Telemetry;

/// <summary>The meter <c>EventBus</c>: the conventions' messaging metrics, and gauges for what waits.</summary>
internal sealed class BusMetrics
{
    private readonly Histogram<double> _operationDuration;
    private readonly Counter<long> _sent;
    private readonly Histogram<long> _batchSize;
    private readonly Counter<long> _consumed;
    private readonly Histogram<double> _processDuration;
    private readonly Counter<long> _redelivered;
    private readonly ConcurrentDictionary<string, long> _unacknowledged = new();
    private readonly TimeProvider _time;

    public BusMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(BusTelemetry.SourceName);

        _operationDuration = meter.CreateHistogram<double>("messaging.client.operation.duration", "s", "Publishing a batch, until the broker confirmed it.");
        _sent = meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Messages that the broker confirmed or refused.");
        _batchSize = meter.CreateHistogram<long>("eventbus.relay.batch_size", "{message}", "Messages relayed at once.");
        _consumed = meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Messages delivered, by outcome.");
        _redelivered = meter.CreateCounter<long>("eventbus.redelivered", "{message}", "Messages that the broker had delivered before, unacknowledged.");
        _processDuration = meter.CreateHistogram<double>("messaging.process.duration", "s", "Handling one message, commit included.");
        meter.CreateObservableGauge("eventbus.outbox.depth", () => Backlog.Count, "{message}", "Messages in the outbox that are not relayed yet.");
        meter.CreateObservableGauge("eventbus.outbox.oldest_age", OldestAge, "s", "Age of the oldest message in the outbox.");
        meter.CreateObservableGauge(
            "eventbus.outbox.dead_rows", () => OfHorizon(horizon => horizon.DeadRows), "{row}", "Relayed rows that the database has not cleaned up yet.");
        meter.CreateObservableGauge(
            "eventbus.outbox.horizon_age", () => OfHorizon(horizon => horizon.Age.TotalSeconds), "s",
            "Age of the oldest transaction of the database, which keeps relayed rows from being cleaned up.");
        meter.CreateObservableGauge("eventbus.dead_letters", Observe(() => DeadLetters), "{message}", "Messages in the dead-letter queue.");
        meter.CreateObservableGauge("eventbus.queue.depth", Observe(() => Ready), "{message}", "Messages in the queue that are not delivered yet.");
        meter.CreateObservableGauge(
            "eventbus.queue.unacknowledged", Observe(() => _unacknowledged), "{message}", "Messages of the queue that this process has and is not done with.");
        meter.CreateObservableGauge(
            "eventbus.inbox.rows", () => InboxRows is { } rows ? [new Measurement<long>(rows)] : Array.Empty<Measurement<long>>(),
            "{row}", "Messages that the inbox remembers, as the database estimates.");
        meter.CreateObservableGauge("eventbus.connection.up", () => ConnectionUp ? 1 : 0, description: "1 while the broker can be reached.");
        meter.CreateObservableGauge("eventbus.connection.blocked", () => ConnectionBlocked ? 1 : 0, description: "1 while the broker blocks publishers.");
    }

    public OutboxBacklog Backlog { get; set; }

    /// <summary>Per queue.</summary>
    public IReadOnlyDictionary<string, long> DeadLetters { get; set; } = new Dictionary<string, long>();

    /// <summary>Per queue.</summary>
    public IReadOnlyDictionary<string, long> Ready { get; set; } = new Dictionary<string, long>();

    /// <summary>Null when that is not known.</summary>
    public long? InboxRows { get; set; }

    public bool ConnectionUp { get; set; }

    public bool ConnectionBlocked { get; set; }

    public void Published(int confirmed, int count, TimeSpan duration)
    {
        var operation = new KeyValuePair<string, object?>(BusTelemetry.OperationName, "publish");
        var system = new KeyValuePair<string, object?>(BusTelemetry.System, "rabbitmq");
        _operationDuration.Record(duration.TotalSeconds, system, operation);
        _batchSize.Record(count);
        _sent.Add(confirmed, system, operation);
        if (confirmed < count)
        {
            _sent.Add(count - confirmed, system, operation, new(BusTelemetry.ErrorType, "not-confirmed"));
        }
    }

    /// <summary>The broker has handed out a message.</summary>
    public void Received(string queue, bool again)
    {
        _unacknowledged.AddOrUpdate(queue, 1, (_, count) => count + 1);
        if (again)
        {
            _redelivered.Add(1, new KeyValuePair<string, object?>(BusTelemetry.Queue, queue));
        }
    }

    /// <summary>This process is done with messages that were handed out.</summary>
    public void Released(string queue, int messages) => _unacknowledged.AddOrUpdate(queue, 0, (_, count) => count - messages);

    public void Processed(string queue, string type, string outcome, TimeSpan duration)
    {
        KeyValuePair<string, object?>[] tags =
        [
            new(BusTelemetry.System, "rabbitmq"),
            new(BusTelemetry.OperationName, "process"),
            new(BusTelemetry.Queue, queue),
            new(BusTelemetry.MessageType, type),
            new(BusTelemetry.Outcome, outcome),
        ];
        _consumed.Add(1, tags);
        _processDuration.Record(duration.TotalSeconds, tags);
    }

    private double OldestAge() => Backlog.OldestCreatedAt is { } oldest ? Math.Max(0, (_time.GetUtcNow() - oldest).TotalSeconds) : 0;

    private IEnumerable<Measurement<T>> OfHorizon<T>(Func<OutboxHorizon, T> value) where T : struct =>
        Backlog.Horizon is { } horizon ? [new Measurement<T>(value(horizon))] : [];

    private static Func<IEnumerable<Measurement<long>>> Observe(Func<IReadOnlyDictionary<string, long>> counts) =>
        () => counts().Select(count => new Measurement<long>(count.Value, new KeyValuePair<string, object?>(BusTelemetry.Queue, count.Key)));
}
