using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmarks.Messaging;

internal sealed class MassTransitPeer(string broker) : Peer("MassTransit", broker)
{
    protected override Task PublishAsync(IHost publisher, ItemSold sold) => publisher.Services.GetRequiredService<IBus>().Publish(sold);

    protected override void Configure(HostApplicationBuilder builder, Uri broker, string queue, bool consumes) =>
        builder.Services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = true).AddMassTransit(bus =>
        {
            bus.AddConsumer<CountSale>();
            bus.UsingRabbitMq((context, rabbit) =>
            {
                // Publisher confirms are on by default.
                rabbit.Host(broker);
                if (consumes)
                {
                    rabbit.ReceiveEndpoint(queue, endpoint =>
                    {
                        endpoint.SetQuorumQueue();
                        endpoint.PrefetchCount = 200;
                        endpoint.ConcurrentMessageLimit = 16;
                        endpoint.ConfigureConsumer<CountSale>(context);
                    });
                }
            });
        });

    private sealed class CountSale(Arrivals arrivals) : IConsumer<ItemSold>
    {
        public Task Consume(ConsumeContext<ItemSold> context)
        {
            arrivals.OnHandling(context.Message);
            return Task.CompletedTask;
        }
    }
}
