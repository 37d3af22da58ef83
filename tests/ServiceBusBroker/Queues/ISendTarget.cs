using ServiceBusBroker.Amqp;

namespace ServiceBusBroker.Queues;

/// <summary>A topic, or a queue.</summary>
internal interface ISendTarget
{
    /// <summary>Stores all of them or none.</summary>
    /// <exception cref="Microsoft.Azure.Amqp.AmqpException">The messages are refused.</exception>
    void Send(IReadOnlyList<MessageContent> messages);
}
