using System.Diagnostics;
using EventBus.Messages;
using EventBus.Serialization;
using EventBus.Telemetry;

namespace EventBus.Outbox;

/// <summary>Makes the envelope of what a service publishes or sends, at the moment it does.</summary>
internal sealed class MessageFactory(MessageRegistry registry, TimeProvider time)
{
    /// <exception cref="InvalidOperationException">The type was not declared with <c>Publishes</c> or <c>Sends</c>.</exception>
    public Envelope Create(object message, MessageKind kind, TimeSpan? delay)
    {
        var declaration = registry.GetOutgoing(message.GetType(), kind);
        var now = time.GetUtcNow();
        var key = declaration.Key(message);

        var envelope = new Envelope
        {
            MessageId = Guid.CreateVersion7(now),
            Type = declaration.WireName,
            Kind = kind,
            Key = key,
            Version = declaration.Version(message),
            CorrelationId = AmbientMessage.Current?.CorrelationId ?? ConversationOf(key),
            Body = MessageJson.Write(message),
            CreatedAt = now,
        };

        using var span = MessageSpans.StartCreate(envelope, declaration.SureQueues, delay > TimeSpan.Zero ? now + delay : null);
        var context = span ?? Activity.Current;
        return envelope with { Trace = new TraceHeaders(context?.Id, context?.TraceStateString, W3CBaggage.Write(context)) };
    }

    // A Guid names one aggregate among all of all services, and all that happens to it is one conversation: an order is. A number is also the
    // number of other things, and what has happened to product 7 in a year is no conversation: there it is the trace.
    private static string ConversationOf(string key) =>
        Guid.TryParse(key, out _) ? key : Activity.Current?.TraceId.ToString() ?? Guid.CreateVersion7().ToString();
}
