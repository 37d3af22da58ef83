using System.Globalization;
using EventBus.Messages;
using Microsoft.Extensions.Options;

namespace EventBus.Topology;

/// <summary>The queues that this service needs, whatever transport holds them.</summary>
internal sealed class TopologyPlan(MessageRegistry registry, IOptions<EventBusOptions> options)
{
    /// <summary>The queues this service consumes from, with the binding of each message type.</summary>
    public IReadOnlyList<QueuePlan> Consumed { get; } = PlanConsumed(registry, options.Value);

    /// <summary>The queues of the commands this service sends, so that none is lost for want of a receiver that was started once.</summary>
    public IReadOnlyList<QueuePlan> Sent { get; } =
        [.. registry.Outgoing.Where(message => message.Kind == MessageKind.Command)
            .Select(message => PlanCommand(message.WireName, options.Value.RetryLadder))];

    /// <summary>
    /// The queues of other services that must not miss an event of this one. Declared here too, because the broker keeps an event only for
    /// queues that exist: whoever else listens, what is published before such a service first starts would pass it by.
    /// </summary>
    public IReadOnlyList<QueuePlan> Awaited { get; } =
        [.. from message in registry.Outgoing
            from queue in message.AwaitedBy
            group message.WireName by queue into awaited
            select new QueuePlan(awaited.Key, MessageKind.Event, [.. awaited], RetryDelays: [])];

    /// <summary>All of them, each queue once.</summary>
    public IReadOnlyList<QueuePlan> All => [.. Consumed.Concat(Sent).UnionBy(Awaited, queue => queue.Name)];

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

/// <param name="Name">The queue.</param>
/// <param name="Kind">What arrives in it.</param>
/// <param name="RoutingKeys">The wire names it is bound to, at the exchange of its kind.</param>
/// <param name="RetryDelays">One retry queue for each.</param>
internal sealed record QueuePlan(string Name, MessageKind Kind, IReadOnlyList<string> RoutingKeys, IReadOnlyList<TimeSpan> RetryDelays)
{
    /// <summary>
    /// Of a service's replicas one at a time receives its events, and another takes over when it is gone: two would handle messages of one key
    /// side by side. Commands are shared out.
    /// </summary>
    public bool SingleActiveConsumer => Kind == MessageKind.Event;

    public string DeadLetterQueue => DeadLetterQueueOf(Name);

    public static string DeadLetterQueueOf(string queue) => $"{queue}.dead-letter";

    /// <summary>The delay is part of the name: another delay is another queue, never one with changed arguments.</summary>
    public string RetryQueue(TimeSpan delay) => $"{Name}.retry.{Describe(delay)}";

    private static string Describe(TimeSpan delay) => delay switch
    {
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerHour == 0 => Count(delay.TotalHours, "h"),
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerMinute == 0 => Count(delay.TotalMinutes, "m"),
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerSecond == 0 => Count(delay.TotalSeconds, "s"),
        _ => Count(Math.Ceiling(delay.TotalMilliseconds), "ms"),
    };

    private static string Count(double count, string unit) => count.ToString("0", CultureInfo.InvariantCulture) + unit;
}
