using System.Diagnostics;
using Aspire.RabbitMQ.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;

namespace Embedded.Tests.Clients;

public sealed class RabbitMQClientTests(ClientServers servers)
{
    private const string Nowhere = "amqp://guest:guest@127.0.0.1:1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connection_ToABroker_IsHealthyAndTraced()
    {
        using var source = new ActivitySource("Embedded.Tests.RabbitMQ");
        using var recorder = new SpanRecorder("Embedded.Tests.RabbitMQ", "Aspire.RabbitMQ.Client");
        var builder = Hosts.Create(("ConnectionStrings:messaging", await servers.Servers.CreateVirtualHostAsync(Stop)));
        builder.AddRabbitMQClient("messaging");
        using var host = builder.Build();

        using var parent = source.StartActivity("test")!;
        var health = await host.HealthAsync(Stop);
        parent.Stop();

        Assert.Equal(HealthStatus.Healthy, health.Entries["RabbitMQ.Client"].Status);
        Assert.True(host.Services.GetRequiredService<IConnection>().IsOpen);
        Assert.Equal(
            ["rabbitmq connect attempt", "rabbitmq connect", "test"], recorder.Of(parent.TraceId).Select(span => span.OperationName));
    }

    [Fact]
    public async Task Connection_NoBroker_IsUnhealthyNotAnException()
    {
        var builder = Hosts.Create(("ConnectionStrings:messaging", Nowhere), ("Aspire:RabbitMQ:Client:MaxConnectRetryCount", "0"));
        builder.AddRabbitMQClient("messaging");
        using var host = builder.Build();

        var health = await host.HealthAsync(Stop);

        Assert.Equal(HealthStatus.Unhealthy, health.Entries["RabbitMQ.Client"].Status);
    }

    [Fact]
    public void Settings_LaterSource_Wins()
    {
        RabbitMQClientSettings? read = null;
        var builder = Hosts.Create(
            ("Aspire:RabbitMQ:Client:MaxConnectRetryCount", "1"),
            ("Aspire:RabbitMQ:Client:ConnectionString", "amqp://section"),
            ("Aspire:RabbitMQ:Client:ConnectionFactory:ClientProvidedName", "all"),
            ("Aspire:RabbitMQ:Client:messaging:MaxConnectRetryCount", "2"),
            ("Aspire:RabbitMQ:Client:messaging:ConnectionString", "amqp://named"),
            ("Aspire:RabbitMQ:Client:messaging:ConnectionFactory:ClientProvidedName", "named"),
            ("ConnectionStrings:messaging", "amqp://wins:5673"));
        builder.AddRabbitMQClient(
            "messaging",
            settings => (read, settings.MaxConnectRetryCount) = (settings, settings.MaxConnectRetryCount + 10),
            factory => factory.VirtualHost = "delegate");
        using var host = builder.Build();

        var factory = (ConnectionFactory)host.Services.GetRequiredService<IConnectionFactory>();

        Assert.Equal(("amqp://wins:5673", 12, true), (read!.ConnectionString, read.MaxConnectRetryCount, read.DisableAutoActivation));
        Assert.Equal(("wins", 5673, "named", "delegate"), (factory.Endpoint.HostName, factory.Endpoint.Port, factory.ClientProvidedName, factory.VirtualHost));
    }

    [Fact]
    public void Keyed_TwoBrokers_AreApart()
    {
        var builder = Hosts.Create(("ConnectionStrings:one", "amqp://one"), ("ConnectionStrings:two", "amqp://two"));
        builder.AddKeyedRabbitMQClient("one");
        builder.AddKeyedRabbitMQClient("two", settings => settings.DisableHealthChecks = true);

        using var host = builder.Build();
        Assert.Equal(
            ("one", "two"),
            (host.Services.GetRequiredKeyedService<IConnectionFactory>("one").Uri.Host, host.Services.GetRequiredKeyedService<IConnectionFactory>("two").Uri.Host));
        Assert.Null(host.Services.GetService<IConnectionFactory>());
        Assert.Equal(["RabbitMQ.Client_one"], Names(host));
    }

    private static IEnumerable<string> Names(IHost host) => host.Services
        .GetRequiredService<Microsoft.Extensions.Options.IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(check => check.Name);
}
