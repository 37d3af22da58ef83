using System.Diagnostics;
using EventBus.Messages;
using EventBus.Telemetry;
using EventBus.Transport;

namespace EventBus.Outbox;

/// <summary>Creates the envelope when a service publishes or sends a message.</summary>
internal sealed class MessageFactory(MessageRegistry registry, ITransport transport, MessageSpans spans, TimeProvider clock)
{
    /// <exception cref="InvalidOperationException">The type was not declared with <c>Publishes</c> or <c>Sends</c>.</exception>
    /// <exception cref="ArgumentException">
    /// The key is too long, or the body too large for the broker: the message could never be relayed.
    /// </exception>
    public PendingMessage Create(object message, MessageKind kind, TimeSpan? delay)
    {
        var declaration = registry.GetOutgoing(message.GetType(), kind);
        var now = clock.GetUtcNow();
        var key = KeyOf(declaration, message);
        var isDelayed = delay > TimeSpan.Zero;
        var envelope = new Envelope
        {
            MessageId = Guid.CreateVersion7(now),
            Type = declaration.WireName,
            Kind = kind,
            Key = key,
            Version = declaration.Version(message),
            CorrelationId = AmbientMessage.Current?.CorrelationId ?? declaration.CorrelationId?.Invoke(message) ?? ConversationOf(key),
            Body = BodyOf(declaration, message),
            CreatedAt = now,
        };

        var span = spans.StartCreate(envelope, declaration.RequiredQueues, isDelayed ? now + delay : null);
        var context = span ?? Activity.Current;
        return new PendingMessage(
            envelope with { Trace = new TraceHeaders(context?.Id, context?.TraceStateString, W3CBaggage.Write(context)) }, span, isDelayed);
    }

    private static string KeyOf(OutgoingMessage declaration, object message)
    {
        var key = declaration.Key(message);
        return key.Length <= MessageFormat.LongestName ? key : throw new ArgumentException(
            $"The key of this {declaration.WireName} has {key.Length} characters; {MessageFormat.LongestName} are allowed.",
            nameof(message));
    }

    private byte[] BodyOf(OutgoingMessage declaration, object message)
    {
        var body = MessageJson.Write(message);
        return body.Length <= transport.MaxBodySize ? body : throw new ArgumentException(
            $"This {declaration.WireName} has {body.Length:N0} bytes; the broker takes {transport.MaxBodySize:N0}. "
            + "Publish a reference to large data instead of the data.",
            nameof(message));
    }

    // A Guid identifies one aggregate in all services, and everything about it is one flow, as with an order. A number may also identify
    // other things, and the changes of product 7 in a year are no flow; there the trace is.
    private static string ConversationOf(string key) =>
        Guid.TryParse(key, out _) ? key : Activity.Current?.TraceId.ToString() ?? Guid.CreateVersion7().ToString();
}
