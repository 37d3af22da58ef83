using EventBus.Inbox;
using EventBus.Outbox;
using EventBus.Tests.Contracts;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using EventBus.Transport;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventBus.Tests.Postgres;

/// <summary>
/// The server takes no writes, and later does. Connections that were opened in between stay read-only, as those to a demoted primary do.
/// </summary>
public sealed class ReadOnlyServerTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_IsHandled_AsSoonAsNewConnectionsCanWrite()
    {
        var (shop, database) = await StartAndStopAsync();
        await using var stopped = shop;
        await BecomeAsync(database, readOnly: true);
        await Assert.ThrowsAsync<PostgresException>(() => HandleAsync(shop));

        await BecomeAsync(database, readOnly: false);

        Assert.Equal([InboxVerdict.Handled], await HandleAsync(shop));
    }

    [Fact]
    public async Task Outbox_IsNotRelayed_UntilNewConnectionsCanWrite()
    {
        var (shop, database) = await StartAndStopAsync();
        await using var stopped = shop;
        var outbox = shop.Services.GetRequiredService<IOutbox>();
        await BecomeAsync(database, readOnly: true);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => outbox.TryAcquireAsync(0, Token));
        Assert.Contains("accepts no writes", refused.Message, StringComparison.Ordinal);

        await BecomeAsync(database, readOnly: false);

        await using var lease = await outbox.TryAcquireAsync(0, Token);
        Assert.NotNull(lease);
    }

    /// <summary>Without anything in the background. Its pool keeps idle connections.</summary>
    private async Task<(Service Shop, string Database)> StartAndStopAsync()
    {
        var database = new NpgsqlConnectionStringBuilder(await servers.Servers.CreateDatabaseAsync(Token)) { ConnectionIdleLifetime = 300 };
        var shop = await servers.StartShopAsync(database: database.ConnectionString);
        await shop.StopAsync();
        await using var pooled = new NpgsqlConnection(database.ConnectionString);
        NpgsqlConnection.ClearPool(pooled);
        return (shop, database.ConnectionString);
    }

    private static async Task<IReadOnlyList<InboxVerdict>> HandleAsync(Service shop)
    {
        var message = MessageFormat.FromTransport(StoreContract.OnWire(new ItemSold(1, 1), "1"), TimeProvider.System.GetUtcNow())!;
        await using var scope = shop.Services.CreateAsyncScope();
        return await shop.Services.GetRequiredService<IInbox>()
            .HandleAsync(scope.ServiceProvider, "shop-api", [new InboxItem(message, _ => Task.CompletedTask)], Token);
    }

    private static async Task BecomeAsync(string database, bool readOnly)
    {
        var settings = new NpgsqlConnectionStringBuilder(database) { Pooling = false, Options = "-c default_transaction_read_only=off" };
        await using var administrator = NpgsqlDataSource.Create(settings);
        await using var command = administrator.CreateCommand(
            $"alter database {settings.Database} set default_transaction_read_only = {(readOnly ? "on" : "off")}");
        await command.ExecuteNonQueryAsync(Token);
    }
}
