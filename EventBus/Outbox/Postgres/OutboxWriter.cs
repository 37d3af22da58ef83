using System.Runtime.CompilerServices;
using EventBus.Messages;
using Microsoft.EntityFrameworkCore;

namespace EventBus.Outbox.Postgres;

/// <summary>Adds messages to a context, and remembers which partitions to wake once that context has committed.</summary>
internal sealed class OutboxWriter(MessageFactory factory, OutboxSignal signal, TimeProvider time)
{
    private readonly ConditionalWeakTable<DbContext, HashSet<short>> _written = [];

    public void Add(DbContext db, object message, MessageKind kind, TimeSpan? delay)
    {
        var envelope = factory.Create(message, kind, delay);
        if (delay is { } wait && wait > TimeSpan.Zero)
        {
            db.Add(Schedule(envelope, time.GetUtcNow() + wait));
            return;
        }

        var row = Store(envelope);
        db.Add(row);
        _written.GetOrCreateValue(db).Add(row.Partition);
    }

    /// <summary>The context has committed: what it wrote can be relayed.</summary>
    public void Wake(DbContext db)
    {
        if (_written.TryGetValue(db, out var partitions))
        {
            _written.Remove(db);
            foreach (var partition in partitions)
            {
                signal.Committed(partition);
            }
        }
    }

    private static OutboxMessage Store(Envelope message) => new()
    {
        Partition = Partition.Of(message.Key),
        MessageId = message.MessageId,
        Type = message.Type,
        Kind = message.Kind,
        Key = message.Key,
        Version = message.Version,
        CorrelationId = message.CorrelationId,
        Content = message.Body.ToArray(),
        TraceParent = message.Trace.Parent,
        TraceState = message.Trace.State,
        Baggage = message.Trace.Baggage,
        CreatedAt = message.CreatedAt,
    };

    private static ScheduledMessage Schedule(Envelope message, DateTimeOffset dueAt) => new()
    {
        Partition = Partition.Of(message.Key),
        MessageId = message.MessageId,
        Type = message.Type,
        Kind = message.Kind,
        Key = message.Key,
        Version = message.Version,
        CorrelationId = message.CorrelationId,
        Content = message.Body.ToArray(),
        TraceParent = message.Trace.Parent,
        TraceState = message.Trace.State,
        Baggage = message.Trace.Baggage,
        CreatedAt = message.CreatedAt,
        DueAt = dueAt,
    };
}
