using System.Text;
using RabbitMQ.Client;

namespace EventBus.Tests.Setup;

/// <summary>Another client of RabbitMQ, which does not use the bus.</summary>
internal sealed class ForeignClient : IAsyncDisposable
{
    private ForeignClient(IConnection connection, IChannel channel) => (Connection, Channel) = (connection, channel);

    public IConnection Connection { get; }

    public IChannel Channel { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ForeignClient> ConnectAsync(string broker)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync(Token);
        return new ForeignClient(connection, await connection.CreateChannelAsync(cancellationToken: Token));
    }

    /// <summary>Publishes to the exchange <c>events</c> or <c>commands</c>, with the type as the routing key.</summary>
    public ValueTask PublishAsync(BasicProperties properties, string body, string exchange = "events") =>
        Channel.BasicPublishAsync(exchange, properties.Type!, mandatory: false, properties, Encoding.UTF8.GetBytes(body), Token);

    /// <summary>
    /// Declares a classic queue, which a test can delete at any time. If a quorum queue is deleted while it starts, RabbitMQ 3.10 may stop
    /// dead-lettering in all queues of the broker.
    /// </summary>
    public Task DeclareClassicQueueAsync(string name) =>
        Channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
