using System.Net;
using System.Net.Sockets;

namespace Hosting.Processes.Tests.Members;

/// <summary>Servers with all kinds of options, started once for the tests that look at them.</summary>
public sealed class AppWithOptions : IAsyncLifetime
{
    internal int Port { get; } = FreePort();

    internal DistributedApplication App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await Application.StartHealthyAsync(
        ["named", "database", "broker", "store"], Add, "--DcpPublisher:RandomizePorts=false");

    public ValueTask DisposeAsync() => App?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Add(IDistributedApplicationBuilder builder)
    {
        builder.RunServersAsProcesses();
        var user = builder.AddParameter("user", "ada");
        builder.AddPostgres("named", userName: user);
        builder.AddPostgres("database")
            .WithArgs("-c", "wal_level=logical", "-c", "max_connections=50")
            .WithEnvironment("POSTGRES_DB", "my db")
            .WithEnvironment("POSTGRES_INITDB_ARGS", "--data-checksums --encoding=LATIN1 --locale=C");
        builder.AddRabbitMQ("broker", userName: user)
            .WithEnvironment("RABBITMQ_NODENAME", "rabbit@localhost")
            .WithEnvironment("RABBITMQ_DEFAULT_VHOST", "orders")
            .WithEnvironment("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-rabbit channel_max 77");
        builder.AddRedis("store").WithHostPort(Port).WithArgs("--databases", "33");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
