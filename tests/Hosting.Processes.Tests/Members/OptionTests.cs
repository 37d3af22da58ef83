using System.Net;
using System.Net.Sockets;

namespace Hosting.Processes.Tests.Members;

/// <summary>The methods of Aspire's builders, applied to a process.</summary>
public sealed class OptionTests
{
    [Fact]
    public async Task HostPort_IsThePortOfTheServer()
    {
        var port = FreePort();
        await using var app = await Application.StartHealthyAsync(
            ["store"], builder => builder.AddRedis("store").WithHostPort(port).RunAsProcess(), "--DcpPublisher:RandomizePorts=false");

        Assert.Contains($"localhost:{port}", await app.ConnectionStringAsync("store"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UserName_IsTheSuperuser_AndHasADatabaseWithItsName()
    {
        await using var app = await Application.StartHealthyAsync(["database", "broker"], builder =>
        {
            var user = builder.AddParameter("user", "ada");
            builder.AddPostgres("database", userName: user).RunAsProcess();
            builder.AddRabbitMQ("broker", userName: user).RunAsProcess();
        });

        // As with the image, a connection without a database name uses the database with the user's name.
        Assert.Equal("ada", await app.SqlAsync("database", "select current_database()"));
        Assert.Equal("on", await app.SqlAsync("database", "select current_setting('is_superuser')"));
        Assert.Equal("hello", await app.BrokerAsync("broker", async channel =>
        {
            await channel.PublishAsync("greetings", "hello");
            return await channel.TakeAsync("greetings");
        }));
        var usual = new UriBuilder(await app.ConnectionStringAsync("broker")) { UserName = "guest", Password = "guest" };
        await Assert.ThrowsAsync<RabbitMQ.Client.Exceptions.BrokerUnreachableException>(
            () => new RabbitMQ.Client.ConnectionFactory { Uri = usual.Uri }.CreateConnectionAsync(Application.Deadline));
    }

    [Fact]
    public async Task Args_ArePassedToTheServer()
    {
        await using var app = await Application.StartHealthyAsync(["database", "store"], builder =>
        {
            builder.AddPostgres("database").WithArgs("-c", "wal_level=logical", "-c", "max_connections=50").RunAsProcess();
            builder.AddRedis("store").WithArgs("--databases", "33").RunAsProcess();
        });
        var address = $"{await app.ConnectionStringAsync("database")};Database=postgres";

        Assert.Equal("logical", await Clients.SqlAsync(address, "show wal_level"));
        Assert.Equal("50", await Clients.SqlAsync(address, "show max_connections"));
        Assert.Equal(
            "33", await app.RedisAsync("store", async redis => (string?)(await redis.ExecuteAsync("config", "get", "databases"))[1]));
    }

    [Fact]
    public async Task Environment_HasTheSameEffectAsInTheImage()
    {
        await using var app = await Application.StartHealthyAsync(["database", "broker"], builder =>
        {
            builder.AddPostgres("database")
                .WithEnvironment("POSTGRES_DB", "my db")
                .WithEnvironment("POSTGRES_INITDB_ARGS", "--data-checksums --encoding=LATIN1 --locale=C")
                .RunAsProcess();
            builder.AddRabbitMQ("broker")
                .WithEnvironment("RABBITMQ_NODENAME", "rabbit@localhost")
                .WithEnvironment("RABBITMQ_DEFAULT_VHOST", "orders")
                .WithEnvironment("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-rabbit channel_max 77").RunAsProcess();
        });
        var address = $"{await app.ConnectionStringAsync("database")};Database=my db";

        Assert.Equal("on", await Clients.SqlAsync(address, "show data_checksums"));
        Assert.Equal("LATIN1", await Clients.SqlAsync(address, "show server_encoding"));
        var broker = new RabbitMQ.Client.ConnectionFactory { Uri = new Uri($"{await app.ConnectionStringAsync("broker")}/orders") };
        await using var connection = await broker.CreateConnectionAsync(Application.Deadline);
        Assert.Equal(77, connection.ChannelMax);
        Assert.True(Directory.Exists(Path.Combine(app.WorkingDirectoryOf("broker"), "data", "rabbit@localhost")));
    }

    [Fact]
    public async Task RunServersAsProcesses_RunsAllServers_AlsoThoseAddedLater()
    {
        await using var app = await Application.StartHealthyAsync(["store"], builder =>
        {
            builder.RunServersAsProcesses();
            builder.AddRedis("store");
        });

        Assert.Equal("Executable", app.Snapshot("store").ResourceType);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
