namespace Hosting.Processes.Tests.Members;

/// <summary>The methods of Aspire's builders, applied to a process.</summary>
public sealed class OptionTests(AppWithOptions options) : IClassFixture<AppWithOptions>
{
    private readonly DistributedApplication _app = options.App;

    [Fact]
    public async Task HostPort_IsThePortOfTheServer() =>
        Assert.Contains($"localhost:{options.Port}", await _app.ConnectionStringAsync("store"), StringComparison.Ordinal);

    [Fact]
    public async Task UserName_IsTheSuperuser_AndHasADatabaseWithItsName()
    {
        // As with the image, a connection without a database name uses the database with the user's name.
        Assert.Equal("ada", await _app.SqlAsync("named", "select current_database()"));
        Assert.Equal("on", await _app.SqlAsync("named", "select current_setting('is_superuser')"));
        Assert.Equal("hello", await _app.BrokerAsync("broker", async channel =>
        {
            await channel.PublishAsync("greetings", "hello");
            return await channel.TakeAsync("greetings");
        }));
        var usual = new UriBuilder(await _app.ConnectionStringAsync("broker")) { UserName = "guest", Password = "guest" };
        await Assert.ThrowsAsync<RabbitMQ.Client.Exceptions.BrokerUnreachableException>(() => ConnectAsync(usual.Uri));
    }

    [Fact]
    public async Task Args_ArePassedToTheServer()
    {
        var address = $"{await _app.ConnectionStringAsync("database")};Database=postgres";

        Assert.Equal("logical", await Clients.SqlAsync(address, "show wal_level"));
        Assert.Equal("50", await Clients.SqlAsync(address, "show max_connections"));
        Assert.Equal(
            "33", await _app.RedisAsync("store", async redis => (string?)(await redis.ExecuteAsync("config", "get", "databases"))[1]));
    }

    [Fact]
    public async Task Environment_HasTheSameEffectAsInTheImage()
    {
        var address = $"{await _app.ConnectionStringAsync("database")};Database=my db";

        Assert.Equal("on", await Clients.SqlAsync(address, "show data_checksums"));
        Assert.Equal("LATIN1", await Clients.SqlAsync(address, "show server_encoding"));
        await using var connection = await ConnectAsync(new Uri($"{await _app.ConnectionStringAsync("broker")}/orders"));
        Assert.Equal(77, connection.ChannelMax);
        Assert.True(Directory.Exists(Path.Combine(_app.WorkingDirectoryOf("broker"), "data", "rabbit@localhost")));
    }

    [Fact]
    public void RunServersAsProcesses_RunsAllServers_AlsoThoseAddedLater() => Assert.All(
        ["named", "database", "broker", "store"], server => Assert.Equal("Executable", _app.Snapshot(server).ResourceType));

    private static Task<RabbitMQ.Client.IConnection> ConnectAsync(Uri broker) =>
        new RabbitMQ.Client.ConnectionFactory { Uri = broker }.CreateConnectionAsync(Application.Deadline);
}
