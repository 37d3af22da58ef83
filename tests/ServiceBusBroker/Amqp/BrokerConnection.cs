using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;
using Microsoft.Azure.Amqp.Transport;

namespace ServiceBusBroker.Amqp;

/// <summary>A connection that a test can cut.</summary>
internal sealed class BrokerConnection(
    TransportBase transport, ProtocolHeader header, AmqpSettings settings, AmqpConnectionSettings connectionSettings)
    : AmqpConnection(transport, header, isInitiator: false, settings, connectionSettings)
{
    private readonly TransportBase _wire = transport;

    /// <summary>Ends the TCP connection without an AMQP close.</summary>
    public void Cut() => _wire.Abort();
}
