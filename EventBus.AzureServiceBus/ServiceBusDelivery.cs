using Azure.Messaging.ServiceBus;
using EventBus.Transport;

namespace EventBus.AzureServiceBus;

/// <summary>A message that a consumer locked. A copy is stored before the original is removed.</summary>
internal sealed class ServiceBusDelivery(IHeldMessages holder, ServiceBusReceivedMessage received) : Delivery
{
    public override bool IsLost => holder.IsLost(received);

    public override ValueTask AcknowledgeAsync(CancellationToken cancellationToken)
    {
        holder.Complete(received);
        return ValueTask.CompletedTask;
    }

    public override async Task ResendAsync(TransportMessage copy, TimeSpan delay, CancellationToken cancellationToken)
    {
        await holder.Copies.SendAsync(holder.Queue, copy, delay, cancellationToken);
        holder.Complete(received);
    }

    public override Task DeadLetterAsync(
        TransportMessage copy, string reason, string? description, CancellationToken cancellationToken) =>
        holder.DeadLetterAsync(received, MessageProperties.Changes(Message, copy), reason, description, cancellationToken);

    public override ValueTask ReleaseAsync() => holder.ReleaseAsync();
}
