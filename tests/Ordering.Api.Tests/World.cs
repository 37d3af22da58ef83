using EventBus.Testing;
using Npgsql;

namespace Ordering.Api.Tests;

/// <summary>
/// The services around Ordering: publishes what they would, sees what Ordering publishes, and reads Ordering's own tables.
/// </summary>
public sealed class World(string database, InMemoryBroker broker)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public InMemoryBroker Broker => broker;

    /// <summary>Publishes an event with an id of its own, which is returned.</summary>
    public Guid Publish<TEvent>(TEvent @event, Guid key) where TEvent : class
    {
        var id = Guid.CreateVersion7();
        broker.Publish(@event, $"{key}", messageId: id);
        return id;
    }

    /// <summary>Waits until Ordering has published such a message.</summary>
    public async Task<TMessage> PublishedAsync<TMessage>(Func<TMessage, bool> matches) where TMessage : class =>
        (await Eventually.AsksAsync(
            () => Task.FromResult(broker.Published<TMessage>().FirstOrDefault(matches)),
            found => found is not null,
            typeof(TMessage).Name))!;

    /// <summary>Waits until Ordering has handled the event with this id.</summary>
    public Task HandledAsync(Guid messageId) => broker.WaitUntilHandledAsync("ordering-api", messageId, Stop).WaitAsync(Limit, Stop);

    /// <summary>Waits until Ordering has handled such a message.</summary>
    public Task HandledAsync<TMessage>(string queue, Func<TMessage, bool> matches) where TMessage : class =>
        broker.WaitUntilHandledAsync(queue, matches, Stop).WaitAsync(Limit, Stop);

    /// <summary>Reads one value from Ordering's database.</summary>
    public async Task<T?> ReadAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Stop) is T value ? value : default;
    }
}
