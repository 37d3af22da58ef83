using Npgsql;

namespace Ordering.Api.Tests;

/// <summary>
/// Everyone but Ordering: tells what Basket, Catalog and WebApp would, hears what goes by, and looks into Ordering's database.
/// </summary>
public sealed class World(string database, string messaging) : IAsyncDisposable
{
    private Stranger? _stranger;

    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        _stranger = await Stranger.ConnectAsync(messaging, cancellationToken);
        await _stranger.ListenAsync([], [("events", "#"), ("commands", "ordering.take-payment")], cancellationToken);
    }

    /// <summary>Publishes an event. Returns the id of the message, which may be given to tell the same twice.</summary>
    public Task<Guid> TellAsync(string type, Guid key, object message, CancellationToken cancellationToken, Guid? messageId = null) =>
        SendAsync("events", type, key, message, messageId ?? Guid.CreateVersion7(), cancellationToken);

    public Task<Guid> CommandAsync(string type, Guid key, object message, CancellationToken cancellationToken) =>
        SendAsync("commands", type, key, message, Guid.CreateVersion7(), cancellationToken);

    /// <summary>Waits until a message of this type about this order was heard.</summary>
    public async Task<WireMessage> HearsAsync(string type, Guid orderId) =>
        (
            await Eventually.AsksAsync(
                () => Task.FromResult(Find(type, orderId).FirstOrDefault()), found => found is not null, $"{type} of {orderId}"))!;

    /// <summary>Waits until the outbox holds nothing about this order any more: what was told of it is at the broker.</summary>
    public async Task ToldAllAsync(Guid orderId) => await Eventually.AsksAsync(
        () => ReadAsync<long>($"select count(*) from messaging.outbox where key = '{orderId}'"), count => count == 0,
        $"all of {orderId} is told");

    public IEnumerable<WireMessage> Find(string type, Guid orderId) =>
        _stranger!.Heard.Where(message => message.Type == type && (Guid?)message.Body["orderId"] == orderId);

    /// <summary>Waits until Ordering has handled the message: its id stands in the inbox, committed with what the handler did.</summary>
    public async Task HandledAsync(Guid messageId) =>
        await Eventually.AsksAsync(
            () => ReadAsync<long>($"select count(*) from messaging.inbox where message_id = '{messageId}'"), count => count > 0,
            $"{messageId} is handled");

    /// <summary>Reads one value from Ordering's database.</summary>
    public async Task<T?> ReadAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is T value ? value : default;
    }

    public ValueTask DisposeAsync() => _stranger?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<Guid> SendAsync(
        string exchange, string type, Guid key, object message, Guid messageId, CancellationToken cancellationToken)
    {
        await _stranger!.SendAsync(exchange, type, $"{key}", message, version: 0, messageId, cancellationToken);
        return messageId;
    }
}
