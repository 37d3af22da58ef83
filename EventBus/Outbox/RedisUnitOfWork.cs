using EventBus.Messages;
using EventBus.Outbox;
using EventBus.Outbox.Redis;
using StackExchange.Redis;

namespace EventBus;

/// <summary>
/// One atomic step in Redis: what the service writes, the messages it publishes and, while a message is handled, the inbox mark are
/// executed together or not at all. Scoped. Read with <see cref="Database"/> first, guard what was read with conditions of
/// <see cref="Transaction"/>, queue writes on it, then commit. Inside a handler the bus commits.
/// </summary>
public sealed class RedisUnitOfWork
{
    private readonly MessageFactory _factory;
    private readonly OutboxSignal _signal;
    private readonly TimeProvider _time;
    private readonly HashSet<short> _written = [];
    private bool _committed;

    internal RedisUnitOfWork(IConnectionMultiplexer redis, MessageFactory factory, OutboxSignal signal, TimeProvider time)
    {
        (_factory, _signal, _time) = (factory, signal, time);
        Database = redis.GetDatabase();
        Transaction = Database.CreateTransaction();
    }

    /// <summary>For reads before the step.</summary>
    public IDatabase Database { get; }

    /// <summary>Takes conditions and writes. The tasks it returns complete only after the commit: do not await them before it.</summary>
    public ITransaction Transaction { get; }

    /// <summary>A handler runs in this unit of work: the bus commits it, nobody else.</summary>
    internal bool BelongsToHandler { get; set; }

    /// <summary>Adds an event to the step.</summary>
    /// <param name="event">An event declared with <see cref="EventBusBuilder.Publishes"/>.</param>
    /// <param name="delay">Time to wait before it is relayed; survives restarts. Default: none.</param>
    /// <exception cref="InvalidOperationException">The type is not declared.</exception>
    public void Publish<TEvent>(TEvent @event, TimeSpan? delay = null) where TEvent : class => Add(@event, MessageKind.Event, delay);

    /// <summary>Adds a command to the step.</summary>
    /// <param name="command">A command declared with <see cref="EventBusBuilder.Sends"/>.</param>
    /// <param name="delay">Time to wait before it is relayed; survives restarts. Default: none.</param>
    /// <exception cref="InvalidOperationException">The type is not declared.</exception>
    public void Send<TCommand>(TCommand command, TimeSpan? delay = null) where TCommand : class => Add(command, MessageKind.Command, delay);

    /// <summary>Executes the step. False when a condition did not hold: nothing was written; read again and retry with a new unit of work.</summary>
    /// <exception cref="InvalidOperationException">Called a second time, or inside a handler.</exception>
    public Task<bool> CommitAsync(CancellationToken cancellationToken) => BelongsToHandler
        ? throw new InvalidOperationException("Inside a handler the bus commits: return from HandleAsync instead of calling CommitAsync.")
        : ExecuteAsync(cancellationToken);

    internal async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (_committed)
        {
            throw new InvalidOperationException("A unit of work is committed once; create another for the next step.");
        }

        _committed = true;
        if (!await Transaction.ExecuteAsync().WaitAsync(cancellationToken))
        {
            return false;
        }

        foreach (var partition in _written)
        {
            _signal.Committed(partition);
        }

        return true;
    }

    private void Add(object message, MessageKind kind, TimeSpan? delay)
    {
        var envelope = _factory.Create(message, kind, delay);
        var partition = Partition.Of(envelope.Key);
        var value = RedisMessage.Write(envelope);

        if (delay is { } wait && wait > TimeSpan.Zero)
        {
            _ = Transaction.SortedSetAddAsync(RedisKeys.Scheduled(partition), value, (_time.GetUtcNow() + wait).ToUnixTimeMilliseconds());
            return;
        }

        _ = Transaction.StreamAddAsync(RedisKeys.Outbox(partition), "m", value);
        _written.Add(partition);
    }
}
