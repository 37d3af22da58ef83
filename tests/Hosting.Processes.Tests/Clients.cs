using Npgsql;
using RabbitMQ.Client;
using StackExchange.Redis;

namespace Hosting.Processes.Tests;

/// <summary>Real clients of the servers.</summary>
internal static class Clients
{
    public static async Task<object?> SqlAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{connectionString};Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Application.Deadline);
    }

    public static async Task<object?> SqlAsync(this DistributedApplication app, string name, string sql) =>
        await SqlAsync(await app.ConnectionStringAsync(name), sql);

    public static async Task<T> RedisAsync<T>(this DistributedApplication app, string name, Func<IDatabase, Task<T>> use)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{await app.ConnectionStringAsync(name)},allowAdmin=true");
        return await use(redis.GetDatabase());
    }

    public static async Task<T> BrokerAsync<T>(this DistributedApplication app, string name, Func<IChannel, Task<T>> use)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(await app.ConnectionStringAsync(name)) }
            .CreateConnectionAsync(Application.Deadline);
        await using var channel = await connection.CreateChannelAsync(
            new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Application.Deadline);
        return await use(channel);
    }

    public static async Task<bool> PublishAsync(this IChannel channel, string queue, string text)
    {
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        await channel.BasicPublishAsync(
            "", queue, mandatory: true, new BasicProperties { Persistent = true }, System.Text.Encoding.UTF8.GetBytes(text));
        return true;
    }

    public static async Task<string?> TakeAsync(this IChannel channel, string queue) =>
        await channel.BasicGetAsync(queue, autoAck: true) is { } message ? System.Text.Encoding.UTF8.GetString(message.Body.Span) : null;
}
