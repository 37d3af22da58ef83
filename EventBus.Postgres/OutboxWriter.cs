using System.Runtime.CompilerServices;
using EventBus.Messages;
using EventBus.Outbox;
using Microsoft.EntityFrameworkCore;

namespace EventBus.Postgres;

/// <summary>
/// Adds messages to a context, and wakes the relay and ends their spans when the transaction that saved them has committed.
/// </summary>
internal sealed class OutboxWriter(MessageFactory factory, OutboxSignal signal, TimeProvider clock)
{
    private readonly ConditionalWeakTable<DbContext, Pending> _pending = [];

    public void Add(DbContext db, object message, MessageKind kind, TimeSpan? delay)
    {
        var pending = factory.Create(message, kind, delay);
        StoredMessage row = delay is { } wait && wait > TimeSpan.Zero
            ? Fill(new ScheduledMessage { DueAt = clock.GetUtcNow() + wait }, pending)
            : Fill(new OutboxMessage(), pending);
        db.Add(row);
        _pending.GetOrCreateValue(db).Added.Add((row, pending));
    }

    /// <summary>The context has saved: what it inserted commits with the transaction, if there is one.</summary>
    public void Saved(DbContext db)
    {
        if (!_pending.TryGetValue(db, out var pending))
        {
            return;
        }

        pending.Added.RemoveAll(added =>
        {
            var state = db.Entry(added.Row).State;
            if (state == EntityState.Unchanged)
            {
                pending.Saved.Add(added.Message);
            }

            // A row that is no longer tracked was removed from the context before it was saved.
            return state is EntityState.Unchanged or EntityState.Detached;
        });
        if (db.Database.CurrentTransaction is null)
        {
            Committed(db);
        }
    }

    public void Committed(DbContext db)
    {
        if (!_pending.TryGetValue(db, out var pending))
        {
            return;
        }

        signal.Committed(pending.Saved);
        pending.Saved.Clear();
    }

    /// <summary>A transaction begins, or has been rolled back: what an earlier one saved was never committed.</summary>
    public void Discard(DbContext db)
    {
        if (_pending.TryGetValue(db, out var pending))
        {
            pending.Saved.Clear();
        }
    }

    private static StoredMessage Fill(StoredMessage row, PendingMessage pending)
    {
        var message = pending.Message;
        row.Partition = pending.Partition;
        row.MessageId = message.MessageId;
        row.Type = message.Type;
        row.Kind = message.Kind;
        row.Key = message.Key;
        row.Version = message.Version;
        row.CorrelationId = message.CorrelationId;
        row.Content = message.Body.ToArray();
        row.TraceParent = message.Trace.Parent;
        row.TraceState = message.Trace.State;
        row.Baggage = message.Trace.Baggage;
        row.CreatedAt = message.CreatedAt;
        return row;
    }

    private sealed class Pending
    {
        /// <summary>In the context, not saved yet.</summary>
        public List<(StoredMessage Row, PendingMessage Message)> Added { get; } = [];

        /// <summary>Inserted by a transaction that is still open.</summary>
        public List<PendingMessage> Saved { get; } = [];
    }
}
