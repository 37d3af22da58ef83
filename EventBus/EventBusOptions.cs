namespace EventBus;

/// <summary>Settings of the bus, bound from configuration section <c>EventBus</c> and validated when the service starts.</summary>
public sealed class EventBusOptions
{
    private static readonly TimeSpan[] DefaultRetryDelays =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30)];

    /// <summary>
    /// The queue that this service's events arrive in, and its name as a consumer in the inbox. Replicas share it.
    /// Default: the application name in kebab case, as in <c>catalog-api</c>.
    /// </summary>
    public string QueueName { get; set; } = "";

    /// <summary>Messages that the broker hands out ahead of their acknowledgement, per queue. Default: 200. 1 to 2000.</summary>
    public int Prefetch { get; set; } = 200;

    /// <summary>Messages handled one by one at the same time, per queue; those with the same key never are. Default: 16. 1 to 256.</summary>
    public int Concurrency { get; set; } = 16;

    /// <summary>
    /// The most messages that share a transaction, for events subscribed with <c>inBatches</c>. So many batches are handled at the same time as
    /// take up half of <see cref="Prefetch"/>. Default: 50. 1 to 500.
    /// </summary>
    public int BatchSize { get; set; } = 50;

    /// <summary>Times that a transient fault (a deadlock, a lost connection, a write conflict) is tried on the spot. Default: 5. 1 to 20.</summary>
    public int ImmediateTries { get; set; } = 5;

    /// <summary>
    /// Waiting times between the attempts at a message that fails; after the last one it is dead-lettered. Each is a queue of its own,
    /// <c>&lt;queue&gt;.retry.&lt;delay&gt;</c>. Default (also when null): 5 s, 30 s, 5 min, 30 min. Empty: dead-letter at the first failure.
    /// </summary>
    public IReadOnlyList<TimeSpan>? RetryDelays { get; set; }

    /// <summary>Time a handler may take; then its token is cancelled and the attempt has failed. Default: 1 min.</summary>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Time that running handlers get to finish when the service stops; the rest goes back to the queue. Default: 10 s.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Rows that the relay takes from the outbox at once, and so its window of unconfirmed messages. Default: 500. 1 to 2000.</summary>
    public int RelayBatchSize { get; set; } = 500;

    /// <summary>
    /// How often the relay looks into the outbox unasked, give or take a fifth; it is woken by commits anyway, of its own process and of replicas.
    /// Also how exactly delayed messages leave. Default: 500 ms.
    /// </summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Time the broker has to confirm a batch, or to answer any request; then the connection is given up. Default: 15 s.</summary>
    public TimeSpan BrokerTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long the inbox remembers a message, and the newest version of an aggregate since it last heard of it. Must exceed the longest time
    /// between two deliveries of one message: outbox, queue, retries, and the age up to which dead letters are replayed. Default: 14 days.
    /// </summary>
    public TimeSpan InboxRetention { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Time without progress, while the broker is there, after which a relay or consumer counts as stuck. Default: 1 min.</summary>
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Age of a transaction in the service's PostgreSQL database from which health is Degraded: while it is open, nothing that was relayed is
    /// cleaned up, and the outbox grows. Default: 10 min.
    /// </summary>
    public TimeSpan LongTransactionAfter { get; set; } = TimeSpan.FromMinutes(10);

    internal IReadOnlyList<TimeSpan> RetryLadder => RetryDelays ?? DefaultRetryDelays;
}
