using System.Collections.Concurrent;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;
using Microsoft.Azure.Amqp.Transport;
using ServiceBusBroker.Amqp;

namespace ServiceBusBroker;

/// <summary>Creates connections, sessions and links for the AMQP library, and attaches each link to the entity of its address.</summary>
internal sealed class LinkFactory(TestServiceBus broker) : IRuntimeProvider
{
    private const string TokenNode = "$cbs";
    private const string ManagementSuffix = "/$management";

    private readonly ConcurrentDictionary<BrokerConnection, byte> _connections = new();
    private readonly ConcurrentDictionary<string, RequestNode> _management = new(StringComparer.OrdinalIgnoreCase);
    private readonly RequestNode _tokens = new(Management.PutToken);

    public List<BrokerConnection> Connections => [.. _connections.Keys];

    AmqpConnection IConnectionFactory.CreateConnection(
        TransportBase transport, ProtocolHeader header, bool isInitiator, AmqpSettings settings, AmqpConnectionSettings connectionSettings)
    {
        var connection = new BrokerConnection(transport, header, settings, connectionSettings);
        _connections[connection] = 0;
        connection.Closed += (_, _) => _connections.TryRemove(connection, out _);
        return connection;
    }

    AmqpSession ISessionFactory.CreateSession(AmqpConnection connection, AmqpSessionSettings settings) => new(connection, settings, this);

    AmqpLink ILinkFactory.CreateLink(AmqpSession session, AmqpLinkSettings settings) =>
        settings.IsReceiver() ? new ReceivingAmqpLink(session, settings) : new SendingAmqpLink(session, settings);

    IAsyncResult ILinkFactory.BeginOpenLink(AmqpLink link, TimeSpan timeout, AsyncCallback callback, object state) =>
        TaskToAsyncResult.Begin(OpenLinkAsync(link), callback, state);

    void ILinkFactory.EndOpenLink(IAsyncResult result) => TaskToAsyncResult.End(result);

    private async Task OpenLinkAsync(AmqpLink link)
    {
        var address = link.IsReceiver ? (link.Settings.Target as Target)?.Address : (link.Settings.Source as Source)?.Address;
        var path = Uri.UnescapeDataString(address?.ToString() ?? throw BrokerErrors.NotImplemented("This terminus")).Trim('/');
        if (path == TokenNode)
        {
            _tokens.Attach(link);
        }
        else if (path.EndsWith(ManagementSuffix, StringComparison.OrdinalIgnoreCase))
        {
            ManagementOf(path).Attach(link);
        }
        else if (link is ReceivingAmqpLink incoming)
        {
            Publisher.Attach(incoming, () => broker.FindTarget(path), broker.MaxMessageSize, () => broker.IsFull);
        }
        else
        {
            if (path.EndsWith(TestServiceBus.DeadLetterSuffix, StringComparison.OrdinalIgnoreCase))
            {
                await broker.DeadLettersOpen;
            }

            await Consumer.AttachAsync(
                (SendingAmqpLink)link,
                broker.FindQueue(path) ?? throw BrokerErrors.NotFound(path),
                onSession: () => broker.RefuseIf(Throttling.Sessions));
        }
    }

    private RequestNode ManagementOf(string path)
    {
        var entity = path[..^ManagementSuffix.Length];
        if (broker.FindQueue(entity) is null)
        {
            throw BrokerErrors.NotFound(entity);
        }

        return _management.GetOrAdd(
            path,
            _ => new RequestNode(request =>
            {
                broker.RefuseIf(Throttling.Management);
                return Management.Handle(broker.FindQueue(entity) ?? throw BrokerErrors.NotFound(entity), request);
            }));
    }
}
