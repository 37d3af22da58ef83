using RabbitMQ.Client;

namespace EventBus.Tests.Faults.Rig;

/// <summary>A virtual host of the real RabbitMQ.</summary>
internal sealed class RabbitMqBroker(string uri) : IFaultedBroker
{
    public (string Host, int Port) Address { get; } = (new Uri(uri).Host, new Uri(uri).Port);

    public string AddressThrough(int port) => new UriBuilder(uri) { Host = "127.0.0.1", Port = port }.Uri.ToString();

    public Task<IConnection> ConnectAsync() =>
        new ConnectionFactory { Uri = new Uri(uri) }.CreateConnectionAsync(TestContext.Current.CancellationToken);

    public async Task<long> CountAsync(string queue)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        return await channel.MessageCountAsync(queue, TestContext.Current.CancellationToken);
    }

    public Task<long> CountDeadLettersAsync(string queue) => CountAsync($"{queue}.dead-letter");

    public Task<long> CountUnroutedAsync() => CountAsync("unrouted");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
