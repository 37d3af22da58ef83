namespace EventBus;

/// <summary>Settings of the bus, bound from configuration section <c>EventBus</c> and validated when the service starts.</summary>
public sealed class EventBusOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "EventBus";

    private static readonly TimeSpan[] DefaultRetryDelays =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30)];

    /// <summary>
    /// The queue in which this service's events arrive, and its name as a consumer in the inbox. Replicas share it.
    /// Default: the application name in kebab case, as in <c>catalog-api</c>.
    /// </summary>
    public string QueueName { get; set; } = "";

    /// <summary>Messages that the broker hands out before they are acknowledged, per queue. Default: 200. 1 to 2000.</summary>
    public int Prefetch { get; set; } = 200;

    /// <summary>Messages handled at the same time, per queue; those with the same key never are. Default: 16. 1 to 256.</summary>
    public int Concurrency { get; set; } = 16;

    /// <summary>
    /// The most messages that share a transaction, for events subscribed with <c>inBatches</c>. As many batches are handled at the same
    /// time as fit into half of <see cref="Prefetch"/>. Default: 50. 1 to 500.
    /// </summary>
    public int BatchSize { get; set; } = 50;

    /// <summary>
    /// How often a message is tried in place when it conflicts with another transaction (deadlock, write conflict). Default: 5. 1 to 20.
    /// </summary>
    public int ImmediateTries { get; set; } = 5;

    /// <summary>
    /// Delays between the attempts at a message that fails; after the last one it is dead-lettered.
    /// Default (also when null): 5 s, 30 s, 5 min, 30 min. Empty: dead-letter at the first failure.
    /// </summary>
    public IReadOnlyList<TimeSpan>? RetryDelays { get; set; }

    /// <summary>How long a handler may run; then its token is cancelled and the attempt has failed. Default: 1 min.</summary>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long running handlers may finish when the service stops; other messages return to the queue. Default: 10 s.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Rows that the relay reads from the outbox at once, and so the most unconfirmed messages. Default: 500. 1 to 2000.</summary>
    public int RelayBatchSize { get; set; } = 500;

    /// <summary>
    /// How often the relay reads the outbox without a wake-up, varied by up to 20 %; commits of its own process and of replicas wake it
    /// anyway. Delayed messages leave with this accuracy. Default: 500 ms.
    /// </summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long the broker may take to confirm a batch or to answer any request; then the connection is replaced. Default: 15 s.
    /// </summary>
    public TimeSpan BrokerTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long the inbox remembers a message, and the newest version of an aggregate after its last message. Must exceed the longest time
    /// between two deliveries of one message: outbox, queue, retries, and the age up to which dead letters are replayed. Default: 14 days.
    /// </summary>
    public TimeSpan InboxRetention { get; set; } = TimeSpan.FromDays(14);

    /// <summary>
    /// Time without progress, while the broker can be reached, after which a relay or consumer is unhealthy. Default: 1 min.
    /// </summary>
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Age of an open transaction in the service's database from which health is Degraded: it blocks the clean-up of relayed messages, and
    /// the outbox grows. Has no effect on a store without such transactions. Default: 10 min.
    /// </summary>
    public TimeSpan LongTransactionAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether <see cref="EventBusBuilder.AcceptOnly"/> applies. Turn it off where all services share one account at the broker, or where
    /// the queues still hold messages that were published without a checked sender. Default: true.
    /// </summary>
    public bool CheckSenders { get; set; } = true;

    /// <summary>
    /// Whether this service also declares what services share, such as the queues of required consumers and of the commands it sends.
    /// Turn it off where the service's account at the broker may declare only its own queues; an administrator declares the rest.
    /// The service publishes nothing while a part of the rest is missing. Default: true.
    /// </summary>
    public bool DeclareShared { get; set; } = true;

    internal IReadOnlyList<TimeSpan> RetryLadder => RetryDelays ?? DefaultRetryDelays;

    /// <summary>
    /// A working relay uses its lease after each confirm and each sweep. While the broker cannot be reached or blocks, it does not, and
    /// after this time another process may take over.
    /// </summary>
    internal TimeSpan LeaseIdleLimit => TimeSpan.FromSeconds(20) + (2 * (BrokerTimeout + SweepInterval));
}
