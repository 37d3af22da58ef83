using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wolverine;
using Wolverine.RabbitMQ;

namespace Benchmarks.Messaging;

internal sealed class WolverinePeer(string broker) : Peer("Wolverine", broker)
{
    protected override async Task PublishAsync(IHost publisher, ItemSold sold) =>
        await publisher.Services.GetRequiredService<IMessageBus>().PublishAsync(sold);

    protected override void Configure(HostApplicationBuilder builder, Uri broker, string queue, bool consumes) =>
        builder.UseWolverine(options =>
        {
            options.Discovery.DisableConventionalDiscovery();
            options.UseRuntimeCompilation();
            options.UseRabbitMq(broker).AutoProvision().UseQuorumQueues().ConfigureChannelCreation(channel =>
                (channel.PublisherConfirmationsEnabled, channel.PublisherConfirmationTrackingEnabled) = (true, true));
            if (consumes)
            {
                options.Discovery.IncludeType<WolverineSales>();
                options.ListenToRabbitQueue(queue).PreFetchCount(200).ProcessInline().MaximumParallelMessages(16);
            }
            else
            {
                options.PublishMessage<ItemSold>().ToRabbitQueue(queue).SendInline();
            }
        });
}

/// <summary>Wolverine writes code that calls it, so it must be public.</summary>
public sealed class WolverineSales(Arrivals arrivals)
{
    public void Handle(ItemSold sold) => arrivals.OnHandling(sold);
}
