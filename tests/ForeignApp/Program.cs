using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

// `send` publishes one invoice, `receive` handles it. Neither knows of the shop's event bus or of Flows.
const string Queue = "invoices";

var builder = Host.CreateApplicationBuilder();
builder.AddRabbitMQClient("broker");
builder.Services.AddOpenTelemetry().UseOtlpExporter();
using var host = builder.Build();
await host.StartAsync();

await using var channel = await host.Services.GetRequiredService<IConnection>().CreateChannelAsync();
await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false);

if (args is ["receive"])
{
    var consumer = new AsyncEventingBasicConsumer(channel);
    consumer.ReceivedAsync += async (_, delivery) => await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
    await channel.BasicConsumeAsync(Queue, autoAck: false, consumer);
}
else
{
    var properties = new BasicProperties { CorrelationId = "invoice-1" };
    await channel.BasicPublishAsync("", Queue, mandatory: true, properties, Encoding.UTF8.GetBytes("{}"));
}

await host.WaitForShutdownAsync();
