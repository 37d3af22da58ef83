using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.AzureServiceBus;

/// <summary>
/// The entities of the namespace. All events go to one topic, of which each service has one subscription: with a topic per event, the order
/// of a key would hold only within a type. A command has a queue with its wire name.
/// </summary>
internal static class Entities
{
    /// <summary>The topic of all events.</summary>
    public const string Topic = "events";

    /// <summary>
    /// The rule by which a subscription receives the copies that are addressed to it alone. It replaces the rule that Azure creates with
    /// each subscription, which matches every message.
    /// </summary>
    public const string CopiesRule = "$Default";

    /// <summary>The longest name of a rule.</summary>
    private const int LongestRule = 50;

    /// <summary>The topic or queue to which messages of this kind are sent.</summary>
    public static string TargetOf(MessageKind kind, string type) => kind == MessageKind.Event ? Topic : type;

    /// <summary>The path of the entity that a queue of a service is.</summary>
    public static string PathOf(QueuePlan queue) =>
        queue.Kind == MessageKind.Event ? $"{Topic}/Subscriptions/{queue.Name}" : queue.Name;

    /// <summary>The rules of a subscription by name; the value is the subject of the event, or null for its own copies.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> RulesOf(QueuePlan subscription) => subscription.Types
        .Order(StringComparer.Ordinal)
        .Select(type => KeyValuePair.Create(RuleName(type), (string?)type))
        .Append(new(CopiesRule, null));


    private static string RuleName(string type) => type.Length <= LongestRule ? type : type[^LongestRule..];
}
