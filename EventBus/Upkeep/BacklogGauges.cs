using System.Diagnostics.Metrics;
using EventBus.Outbox;
using EventBus.Telemetry;
using EventBus.Transport;

namespace EventBus.Upkeep;

/// <summary>Gauges of the meter <c>EventBus</c> for what waits; <see cref="BacklogMeter"/> sets their values.</summary>
internal sealed class BacklogGauges
{
    private readonly TimeProvider _clock;

    public BacklogGauges(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(BusTelemetry.SourceName);
        meter.CreateObservableGauge(
            "eventbus.outbox.depth", () => Outbox.Count, "{message}", "Messages in the outbox that are not relayed yet.");
        meter.CreateObservableGauge("eventbus.outbox.oldest_age", OldestAge, "s", "Age of the oldest message in the outbox.");
        meter.CreateObservableGauge(
            "eventbus.outbox.dead_rows", () => OfHorizon(horizon => horizon.DeadRows), "{row}",
            "Relayed rows that the database has not cleaned up yet.");
        meter.CreateObservableGauge(
            "eventbus.outbox.horizon_age", () => OfHorizon(horizon => horizon.Age.TotalSeconds), "s",
            "Age of the oldest transaction of the database, which keeps relayed rows from being cleaned up.");
        meter.CreateObservableGauge(
            "eventbus.inbox.rows", () => InboxRows is { } rows ? [new Measurement<long>(rows)] : Array.Empty<Measurement<long>>(),
            "{row}", "Messages that the inbox remembers, as the store estimates.");
        meter.CreateObservableGauge(
            "eventbus.queue.depth", () => PerQueue(depth => depth.Ready), "{message}", "Messages in the queue that are not delivered yet.");
        meter.CreateObservableGauge(
            "eventbus.dead_letters", () => PerQueue(depth => depth.DeadLetters), "{message}", "Dead letters of the queue.");
        meter.CreateObservableGauge(
            "eventbus.connection.up", () => Broker.DownSince is null ? 1 : 0, description: "1 while the broker can be reached.");
        meter.CreateObservableGauge(
            "eventbus.connection.blocked", () => Broker.Blocked ? 1 : 0, description: "1 while the broker accepts no messages.");
    }

    public OutboxBacklog Outbox { get; set; }

    /// <summary>Null when the store cannot say.</summary>
    public long? InboxRows { get; set; }

    public IReadOnlyDictionary<string, QueueDepth> Queues { get; set; } = new Dictionary<string, QueueDepth>();

    public TransportHealth Broker { get; set; } = new(DownSince: DateTimeOffset.MinValue, Problems: []);

    private double OldestAge() => Outbox.OldestCreatedAt is { } oldest ? Math.Max(0, (_clock.GetUtcNow() - oldest).TotalSeconds) : 0;

    private IEnumerable<Measurement<T>> OfHorizon<T>(Func<OutboxHorizon, T> value) where T : struct =>
        Outbox.Horizon is { } horizon ? [new Measurement<T>(value(horizon))] : [];

    private IEnumerable<Measurement<long>> PerQueue(Func<QueueDepth, long?> value) =>
        from queue in Queues
        let count = value(queue.Value)
        where count is not null
        select new Measurement<long>(count.Value, new KeyValuePair<string, object?>(BusTelemetry.Queue, queue.Key));
}
