using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;
using ServiceBusBroker.Queues;

namespace ServiceBusBroker.Amqp;

/// <summary>The link of a sender.</summary>
internal static class Publisher
{
    /// <param name="link">The link.</param>
    /// <param name="find">Finds the entity that its messages go to; it may have been deleted.</param>
    /// <param name="maxMessageSize">The largest message or batch, in bytes.</param>
    /// <param name="isFull">The broker accepts no messages now.</param>
    public static void Attach(ReceivingAmqpLink link, Func<ISendTarget> find, int maxMessageSize, Func<bool> isFull)
    {
        _ = find();
        link.Settings.MaxMessageSize = (ulong)maxMessageSize;
        link.RegisterMessageListener(message =>
        {
            link.DisposeMessage(message, Store(message), settled: true, batchable: false);
            message.Dispose();
        });

        Outcome Store(AmqpMessage message)
        {
            try
            {
                if (message.SerializedMessageSize > maxMessageSize)
                {
                    throw BrokerErrors.TooLarge((ulong)message.SerializedMessageSize, maxMessageSize);
                }

                find().Send(isFull() ? throw BrokerErrors.Full() : MessageContent.Read(message));
                return new Accepted();
            }
            catch (AmqpException refusal)
            {
                return new Rejected { Error = refusal.Error };
            }
        }
    }
}
