using EventBus.Messages;

namespace EventBus.RabbitMq;

/// <summary>The exchanges that all services share.</summary>
internal static class Exchanges
{
    /// <summary>
    /// Topic exchange. The broker returns an event without a matching binding to its sender, who stores it in <see cref="Unrouted"/>.
    /// </summary>
    public const string Events = "events";

    /// <summary>Direct exchange. The broker returns a command without a queue to its sender.</summary>
    public const string Commands = "commands";

    /// <summary>The queue of the events that had no subscriber, for people to look at.</summary>
    public const string Unrouted = "unrouted";

    /// <summary>AMQP's default exchange, which routes by queue name.</summary>
    public const string Default = "";

    public static string Of(MessageKind kind) => kind == MessageKind.Command ? Commands : Events;
}
