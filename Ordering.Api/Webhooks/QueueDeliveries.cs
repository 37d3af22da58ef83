using System.Text.Json;
using EventBus;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Webhooks;

/// <summary>Stores a delivery for each subscriber of the event, in the transaction that remembers the event.</summary>
internal sealed class QueueDeliveries<TEvent>(OrderingContext db, TimeProvider clock) : IMessageHandler<TEvent>
    where TEvent : class
{
    public async Task HandleAsync(TEvent message, MessageContext context, CancellationToken cancellationToken)
    {
        var subscribers = await db.WebhookSubscribers
            .Where(subscriber => subscriber.Active && subscriber.EventTypes.Contains(context.Type))
            .Select(subscriber => subscriber.Id)
            .ToListAsync(cancellationToken);
        if (subscribers.Count == 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var payload = JsonSerializer.Serialize(
            new { type = context.Type, timestamp = context.CreatedAt, data = message }, JsonSerializerOptions.Web);

        db.WebhookDeliveries.AddRange(subscribers.Select(subscriber => new WebhookDelivery
        {
            Id = Guid.CreateVersion7(now),
            SubscriberId = subscriber,
            MessageId = context.MessageId,
            EventType = context.Type,
            Payload = payload,
            CreatedAt = now,
            NextAttemptAt = now,
        }));
    }
}
