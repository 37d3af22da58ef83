using System.Diagnostics;
using EventBus.Messages;

namespace EventBus.Consuming;

/// <summary>One attempt at a message: its tries, alone or in a batch, share one span.</summary>
internal sealed class Attempt(Work work, Envelope message, Subscription subscription, Activity? span, long startedAt) : IDisposable
{
    public Work Work => work;

    public Envelope Message => message;

    public Subscription Subscription => subscription;

    public Activity? Span => span;

    /// <summary>A timestamp of the clock.</summary>
    public long StartedAt => startedAt;

    /// <summary>The body; deserialized once, in the first try.</summary>
    public object Body => field ??= subscription.Read(message.Body);

    public MessageContext Context => field ??= new MessageContext
    {
        MessageId = message.MessageId,
        Type = message.Type,
        CorrelationId = message.CorrelationId,
        Key = message.Key,
        Version = message.Version,
        CreatedAt = message.CreatedAt,
        Attempt = work.Attempt,
    };

    public void Dispose() => span?.Dispose();
}
