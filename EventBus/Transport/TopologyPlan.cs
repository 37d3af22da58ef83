using EventBus.Messages;

namespace EventBus.Transport;

/// <summary>The queues that this service needs.</summary>
public sealed class TopologyPlan
{
    private readonly MessageRegistry _registry;

    internal TopologyPlan(MessageRegistry registry, EventBusOptions options)
    {
        _registry = registry;
        Consumed = PlanConsumed(registry, options);
        Sent =
        [
            .. registry.Outgoing.Where(message => message.Kind == MessageKind.Command)
                .Select(message => PlanCommand(message.WireName, options.RetryLadder)),
        ];
        Required =
        [
            .. from message in registry.Outgoing
               from queue in message.RequiredBy
               group message.WireName by queue into required
               select new QueuePlan(required.Key, MessageKind.Event, [.. required], RetryDelays: []),
        ];
    }

    /// <summary>The only senders from which the service accepts a message of this type; null: any.</summary>
    /// <param name="type">The wire name.</param>
    public IReadOnlyList<string>? SendersOf(string type) => _registry.SendersOf(type);

    /// <summary>The queues that this service consumes.</summary>
    public IReadOnlyList<QueuePlan> Consumed { get; }

    /// <summary>
    /// The queues of the commands that this service sends. A command is stored in its queue also before its receiver first starts.
    /// </summary>
    public IReadOnlyList<QueuePlan> Sent { get; }

    /// <summary>
    /// The queues of the services that an event of this service lists as required consumers. A broker stores an event only for queues that
    /// exist: without them, what is published before such a service first starts would be lost to it.
    /// </summary>
    public IReadOnlyList<QueuePlan> Required { get; }

    /// <summary>All of them, each queue once.</summary>
    public IReadOnlyList<QueuePlan> All => [.. Consumed.Concat(Sent).UnionBy(Required, queue => queue.Name)];

    private static List<QueuePlan> PlanConsumed(MessageRegistry registry, EventBusOptions options)
    {
        var events = registry.Subscriptions.Where(subscription => subscription.Kind == MessageKind.Event).ToArray();
        var commands = registry.Subscriptions.Where(subscription => subscription.Kind == MessageKind.Command);

        var queues = commands.Select(command => PlanCommand(command.WireName, options.RetryLadder)).ToList();
        if (events.Length > 0)
        {
            queues.Insert(0, new QueuePlan(
                options.QueueName, MessageKind.Event, [.. events.Select(subscription => subscription.WireName)], options.RetryLadder));
        }

        return queues;
    }

    private static QueuePlan PlanCommand(string wireName, IReadOnlyList<TimeSpan> retryDelays) =>
        new(wireName, MessageKind.Command, [wireName], retryDelays);
}
