using System.Collections.Concurrent;
using ServiceBusBroker.Amqp;
using ServiceBusBroker.Queues;

namespace ServiceBusBroker;

/// <summary>
/// Copies each message to every subscription with a matching rule. A message without a matching rule is dropped, and the
/// sender gets no error.
/// </summary>
internal sealed class Topic : ISendTarget
{
    public ConcurrentDictionary<string, Subscription> Subscriptions { get; } = new(StringComparer.OrdinalIgnoreCase);

    public void Send(IReadOnlyList<MessageContent> messages)
    {
        foreach (var subscription in Subscriptions.Values)
        {
            var matching = messages.Where(subscription.Matches).Select(message => message.Copy()).ToArray();
            if (matching.Length > 0)
            {
                subscription.Queue.Send(matching);
            }
        }
    }
}

/// <param name="Queue">The messages that matched.</param>
/// <param name="Rules">Any of them has to match.</param>
internal sealed record Subscription(MessageQueue Queue, IReadOnlyList<CorrelationRule> Rules)
{
    public bool Matches(MessageContent message) => Rules.Any(rule => rule.Matches(message));
}
