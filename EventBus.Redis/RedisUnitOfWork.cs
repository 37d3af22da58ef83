using EventBus.Messages;
using EventBus.Outbox;
using StackExchange.Redis;

namespace EventBus.Redis;

/// <summary>
/// One atomic step in Redis: the writes of the service, the messages it publishes and, inside a handler, the inbox entry are executed
/// together or not at all. Scoped. Read with <see cref="Database"/> first, add conditions for what was read to <see cref="Transaction"/>,
/// queue the writes on it, then commit. Inside a handler the bus commits.
/// </summary>
public sealed class RedisUnitOfWork
{
    private readonly MessageFactory _factory;
    private readonly OutboxSignal _signal;
    private readonly TimeProvider _clock;
    private readonly List<PendingMessage> _pending = [];
    private bool _committed;

    internal RedisUnitOfWork(IConnectionMultiplexer redis, MessageFactory factory, OutboxSignal signal, TimeProvider clock)
    {
        (_factory, _signal, _clock) = (factory, signal, clock);
        Database = redis.GetDatabase();
        Transaction = Database.CreateTransaction();
    }

    /// <summary>For reads.</summary>
    public IDatabase Database { get; }

    /// <summary>For conditions and writes. The tasks it returns complete only after the commit: do not await them before it.</summary>
    public ITransaction Transaction { get; }

    /// <summary>A handler runs in this unit of work; only the bus commits it.</summary>
    internal bool BelongsToHandler { get; set; }

    /// <summary>Adds an event to the step.</summary>
    /// <param name="event">An event declared with <see cref="EventBusBuilder.Publishes"/>.</param>
    /// <param name="delay">Time to wait before it is relayed; survives restarts. Default: none.</param>
    /// <exception cref="InvalidOperationException">The type is not declared.</exception>
    /// <exception cref="ArgumentException">The key is longer than 500 characters, or the body larger than the broker accepts.</exception>
    public void Publish<TEvent>(TEvent @event, TimeSpan? delay = null) where TEvent : class => Add(@event, MessageKind.Event, delay);

    /// <summary>Adds a command to the step.</summary>
    /// <param name="command">A command declared with <see cref="EventBusBuilder.Sends"/>.</param>
    /// <param name="delay">Time to wait before it is relayed; survives restarts. Default: none.</param>
    /// <exception cref="InvalidOperationException">The type is not declared.</exception>
    /// <exception cref="ArgumentException">The key is longer than 500 characters, or the body larger than the broker accepts.</exception>
    public void Send<TCommand>(TCommand command, TimeSpan? delay = null) where TCommand : class => Add(command, MessageKind.Command, delay);

    /// <summary>
    /// Executes the step. False when a condition did not hold: nothing was written. Read again and retry with a new unit of work.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait; the outcome is then unknown.</param>
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

        _signal.Committed(_pending);
        return true;
    }

    private void Add(object message, MessageKind kind, TimeSpan? delay)
    {
        var pending = _factory.Create(message, kind, delay);
        var value = RedisMessage.Write(pending.Message);
        _ = delay is { } wait && wait > TimeSpan.Zero
            ? Transaction.SortedSetAddAsync(
                RedisKeys.Scheduled(pending.Partition), value, (_clock.GetUtcNow() + wait).ToUnixTimeMilliseconds())
            : (Task)Transaction.StreamAddAsync(RedisKeys.Outbox(pending.Partition), "m", value);
        _pending.Add(pending);
    }
}
