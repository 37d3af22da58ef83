using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using StackExchange.Redis;

namespace Security.Leaks;

/// <summary>Somebody has the environment of one service. What belongs to the others stays out of reach.</summary>
public sealed class LeakedServiceTests(RunningShop shop)
{
    private const string Denied = "42501";
    private static readonly Dictionary<string, string> Databases = new()
    {
        ["catalog-api"] = "catalogdb",
        ["ordering-api"] = "orderingdb",
        ["webapp"] = "identitydb",
    };

    private static readonly Dictionary<string, string[]> Queues = new()
    {
        ["catalog-api"] = ["catalog-api"],
        ["basket-api"] = ["basket-api"],
        ["ordering-api"] = ["ordering-api", "ordering.take-payment", "ordering.refund-payment", "ordering.expire-order"],
        ["webapp"] = ["webapp"],
    };

    // The secrets that a service may have, by the names of AppHost's parameters.
    private static readonly Dictionary<string, string[]> OwnSecrets = new()
    {
        ["catalog-api"] = ["catalogdb-password", "messaging-catalog-api-password"],
        ["basket-api"] = ["basketstore-basket-api-password", "messaging-basket-api-password"],
        ["ordering-api"] = ["orderingdb-password", "messaging-ordering-api-password"],
        ["webapp"] =
        [
            "identitydb-password", "cache-webapp-password", "messaging-webapp-password", "token-signing-key", "admin-password",
            "data-protection-certificate",
        ],
        ["flows"] = [],
    };

    public static TheoryData<string> Services => [.. RunningShop.Services];

    public static TheoryData<string> Apps => [.. RunningShop.Apps];

    public static TheoryData<string> OwnersOfDatabases => [.. Databases.Keys];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task Environment_HasNoSecretOfAnother(string app)
    {
        var environment = shop.EnvironmentOf(app);
        var secrets = await shop.SecretsAsync(Stop);
        Assert.Superset(OwnSecrets.Values.SelectMany(names => names).ToHashSet(), secrets.Keys.ToHashSet());

        var found = secrets
            .Where(secret => environment.Values.Any(value => value.Contains(secret.Value, StringComparison.Ordinal)))
            .Select(secret => secret.Key);

        Assert.Equal(OwnSecrets[app].Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(OwnersOfDatabases))]
    public async Task Role_ConnectsToItsOwnDatabaseOnly(string service)
    {
        var (own, account) = (Databases[service], Of(service));
        await using (var allowed = new NpgsqlConnection(account.Postgres(own, own)))
        {
            await allowed.OpenAsync(Stop);
        }

        foreach (var database in Databases.Values.Except([own]).Concat(["postgres", "template1"]))
        {
            await using var refused = new NpgsqlConnection(account.Postgres(own, database));
            var fault = await Assert.ThrowsAsync<PostgresException>(() => refused.OpenAsync(Stop));
            Assert.Equal((database, Denied), (database, fault.SqlState));
        }
    }

    [Theory]
    [MemberData(nameof(OwnersOfDatabases))]
    public async Task Role_CannotAdministrateTheServer(string service)
    {
        string[] statements =
        [
            "create role intruder login", "create database intruder", "select rolpassword from pg_authid",
            "select pg_read_file('pg_hba.conf')", "alter system set log_statement = 'all'",
            "copy (select 1) to program 'true'", "set role postgres",
        ];
        await using var connection = new NpgsqlConnection(Of(service).Postgres(Databases[service], Databases[service]));
        await connection.OpenAsync(Stop);

        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            var fault = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Stop));
            Assert.Equal((statement, Denied), (statement, fault.SqlState));
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Account_TouchesNoQueueOfAnother(string service)
    {
        await using var connection = await Of(service).ConnectToBrokerAsync(Stop);

        foreach (var queue in Queues.Where(other => other.Key != service).SelectMany(other => other.Value))
        {
            foreach (var name in (string[])[queue, $"{queue}.dead-letter", $"{queue}.retry.5s"])
            {
                await IsRefusedAsync(connection, $"read {name}", channel => channel.BasicGetAsync(name, autoAck: true, Stop));
                await IsRefusedAsync(connection, $"consume {name}", channel => channel.BasicConsumeAsync(
                    name, autoAck: true, new AsyncDefaultBasicConsumer(channel), Stop));
                await IsRefusedAsync(connection, $"purge {name}", channel => channel.QueuePurgeAsync(name, Stop));
                await IsRefusedAsync(connection, $"delete {name}", channel => channel.QueueDeleteAsync(name, cancellationToken: Stop));
                await IsRefusedAsync(connection, $"unbind {name}", channel => channel.QueueUnbindAsync(
                    name, "events", "catalog.price-changed", cancellationToken: Stop));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Account_ChangesNothingThatIsShared_AndDeclaresOnlyItsOwn(string service)
    {
        await using var connection = await Of(service).ConnectToBrokerAsync(Stop);

        await IsRefusedAsync(connection, "delete events", channel => channel.ExchangeDeleteAsync("events", cancellationToken: Stop));
        await IsRefusedAsync(connection, "delete commands", channel => channel.ExchangeDeleteAsync("commands", cancellationToken: Stop));
        await IsRefusedAsync(connection, "read unrouted", channel => channel.BasicGetAsync("unrouted", autoAck: true, Stop));
        await IsRefusedAsync(connection, "declare a queue", channel => channel.QueueDeclareAsync("mine", cancellationToken: Stop));
        await IsRefusedAsync(connection, "declare a nameless queue", channel => channel.QueueDeclareAsync(cancellationToken: Stop));
        await IsRefusedAsync(connection, "declare an exchange", channel => channel.ExchangeDeclareAsync(
            "mine", ExchangeType.Fanout, cancellationToken: Stop));
        await IsRefusedAsync(connection, "receive all events", channel => channel.QueueBindAsync(
            Queues[service][0], "events", "#", cancellationToken: Stop));
        await IsRefusedAsync(connection, "receive an event that it does not subscribe to", channel => channel.QueueBindAsync(
            Queues[service][0], "events", "identity.user-registered.copy", cancellationToken: Stop));
    }

    [Fact]
    public async Task BasketsAccount_CannotAdministrateRedis_AndIsUnknownToTheCache()
    {
        var (basket, webApp) = (Of("basket-api"), Of("webapp"));
        await using (var own = await ConnectionMultiplexer.ConnectAsync(basket.Redis("basketstore")))
        {
            Assert.True((await own.GetDatabase().PingAsync()) > TimeSpan.Zero);
            foreach (var command in (string[])["FLUSHALL", "CONFIG GET *", "ACL LIST", "KEYS *", "SHUTDOWN", "REPLICAOF NO ONE", "MONITOR"])
            {
                var words = command.Split(' ');
                var fault = await Assert.ThrowsAsync<RedisServerException>(() => own.GetDatabase().ExecuteAsync(words[0], words[1..]));
                Assert.StartsWith("NOPERM", fault.Message, StringComparison.Ordinal);
            }
        }

        var (store, cache) = (AddressOf(basket["basketstore"]), AddressOf(webApp["cache"]));
        await Assert.ThrowsAsync<RedisConnectionException>(() => ConnectionMultiplexer.ConnectAsync(basket.Redis("basketstore", cache)));
        await Assert.ThrowsAsync<RedisConnectionException>(() => ConnectionMultiplexer.ConnectAsync(webApp.Redis("cache", store)));
    }

    [Fact]
    public void EachService_ConnectsToWhatItNeedsOnly()
    {
        var connections = RunningShop.Apps.ToDictionary(app => app, app => Of(app).Connections.Order(StringComparer.Ordinal).ToArray());

        Assert.Equal(["catalogdb", "messaging"], connections["catalog-api"]);
        Assert.Equal(["basketstore", "messaging"], connections["basket-api"]);
        Assert.Equal(["messaging", "orderingdb"], connections["ordering-api"]);
        Assert.Equal(["cache", "identitydb", "mail", "messaging"], connections["webapp"]);
        Assert.Empty(connections["flows"]);
    }

    private Account Of(string service) => new(shop.EnvironmentOf(service));

    private static string AddressOf(string redis) => redis.Split(',')[0];

    private static async Task IsRefusedAsync(IConnection connection, string what, Func<IChannel, Task> attempt)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);
        var refused = await Assert.ThrowsAsync<OperationInterruptedException>(() => attempt(channel));
        Assert.Equal((what, (ushort)403), (what, refused.ShutdownReason!.ReplyCode));
    }
}
