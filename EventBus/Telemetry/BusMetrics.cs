using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EventBus.Transport;

namespace EventBus.Telemetry;

/// <summary>The meter <c>EventBus</c>: the conventions' messaging metrics, and what this process holds.</summary>
internal sealed class BusMetrics
{
    private readonly Histogram<double> _operationDuration;
    private readonly Counter<long> _sent;
    private readonly Histogram<long> _batchSize;
    private readonly Counter<long> _consumed;
    private readonly Histogram<double> _processDuration;
    private readonly Counter<long> _redelivered;
    private readonly ConcurrentDictionary<string, long> _unacknowledged = new();
    private readonly KeyValuePair<string, object?> _system;

    public BusMetrics(IMeterFactory meters, ITransport transport)
    {
        _system = new(BusTelemetry.System, transport.SystemName);
        var meter = meters.Create(BusTelemetry.SourceName);

        _operationDuration = meter.CreateHistogram<double>(
            "messaging.client.operation.duration", "s", "Publishing a batch, until the broker confirmed it.");
        _sent = meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Messages that the broker confirmed or refused.");
        _batchSize = meter.CreateHistogram<long>("eventbus.relay.batch_size", "{message}", "Messages relayed together.");
        _consumed = meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Messages delivered, by outcome.");
        _redelivered = meter.CreateCounter<long>(
            "eventbus.redelivered", "{message}", "Messages that the broker had delivered before, unacknowledged.");
        _processDuration = meter.CreateHistogram<double>("messaging.process.duration", "s", "Handling one message, commit included.");
        meter.CreateObservableGauge(
            "eventbus.queue.unacknowledged",
            () => _unacknowledged.Select(count =>
                new Measurement<long>(count.Value, new KeyValuePair<string, object?>(BusTelemetry.Queue, count.Key))),
            "{message}", "Messages of the queue that this process received and has not settled.");
    }

    public void Published(int confirmed, int count, TimeSpan duration)
    {
        var operation = new KeyValuePair<string, object?>(BusTelemetry.OperationName, "publish");
        _operationDuration.Record(duration.TotalSeconds, _system, operation);
        _batchSize.Record(count);
        _sent.Add(confirmed, _system, operation);
        if (confirmed < count)
        {
            _sent.Add(count - confirmed, _system, operation, new(BusTelemetry.ErrorType, "not-confirmed"));
        }
    }

    /// <summary>The broker handed out a message.</summary>
    public void Received(string queue, bool again)
    {
        _unacknowledged.AddOrUpdate(queue, 1, (_, count) => count + 1);
        if (again)
        {
            _redelivered.Add(1, new KeyValuePair<string, object?>(BusTelemetry.Queue, queue));
        }
    }

    /// <summary>This process no longer holds the messages.</summary>
    public void Released(string queue, int messages) => _unacknowledged.AddOrUpdate(queue, 0, (_, count) => count - messages);

    public void Processed(string queue, string type, string outcome, TimeSpan duration)
    {
        KeyValuePair<string, object?>[] tags =
        [
            _system,
            new(BusTelemetry.OperationName, "process"),
            new(BusTelemetry.Queue, queue),
            new(BusTelemetry.MessageType, type),
            new(BusTelemetry.Outcome, outcome),
        ];
        _consumed.Add(1, tags);
        _processDuration.Record(duration.TotalSeconds, tags);
    }
}
