using System.Text;
using Flows.Access;
using Flows.Tests;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Flows.Senders.Tests;

/// <summary>.NET programs that use RabbitMQ's client with its own instrumentation, without our bus.</summary>
public sealed class RabbitClientTests(SenderServers servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MessageBetweenTwoServices_IsAFlowThroughItsQueue()
    {
        await using var app = await RunningFlows.StartAsync();
        using (Trace(app, "sales", "RabbitMQ.Client.Publisher"))
        using (Trace(app, "billing", "RabbitMQ.Client.Subscriber"))
        {
            await SendAndReceiveAsync(await servers.Shop.CreateVirtualHostAsync(Stop));
        }

        var messages = await app.GetAsync("/api/messages?queue=invoices", answer => answer["data"]!.AsArray().Count == 1);
        var message = messages["data"]![0]!;
        Assert.Equal("sales", (string?)message["from"]);
        var delivery = Assert.Single(message["deliveries"]!.AsArray())!;
        Assert.Equal(("invoices", "billing"), ((string?)delivery["queue"], (string?)delivery["service"]));
    }

    private static TracerProvider Trace(RunningFlows app, string service, string source) => Sdk.CreateTracerProviderBuilder()
        .ConfigureResource(resource => resource.Clear().AddService(service))
        .AddSource(source)
        .AddOtlpExporter(otlp =>
        {
            otlp.Protocol = OtlpExportProtocol.Grpc;
            otlp.Endpoint = app.OtlpGrpc;
            otlp.Headers = $"{ApiKeyGate.OtlpHeader}={RunningFlows.OtlpKey}";
        })
        .Build();

    private static async Task SendAndReceiveAsync(string address)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(address) }.CreateConnectionAsync(Stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);
        await channel.QueueDeclareAsync("invoices", durable: false, exclusive: true, autoDelete: true, cancellationToken: Stop);
        var received = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, _) =>
        {
            received.TrySetResult();
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync("invoices", autoAck: true, consumer, Stop);
        await channel.BasicPublishAsync("", "invoices", Encoding.UTF8.GetBytes("{}"), Stop);
        await received.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
    }
}
