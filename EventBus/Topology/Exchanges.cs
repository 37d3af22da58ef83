using EventBus.Messages;

namespace EventBus.Topology;

/// <summary>The exchanges that all services share.</summary>
internal static class Exchanges
{
    /// <summary>Topic. An event that nobody is bound for is returned to its sender, who puts it into <see cref="Unrouted"/>.</summary>
    public const string Events = "events";

    /// <summary>Direct; a command without a queue is returned to its sender.</summary>
    public const string Commands = "commands";

    /// <summary>The queue of the events that nobody listened to, for people to look at.</summary>
    public const string Unrouted = "unrouted";

    /// <summary>AMQP's default exchange, which routes by queue name.</summary>
    public const string Default = "";

    public static string Of(MessageKind kind) => kind == MessageKind.Command ? Commands : Events;
}
