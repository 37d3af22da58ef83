using EventBus;

namespace BusProbe;

/// <summary>
/// The messages that a probe published and the effects of its handlers, in its store. A test compares them with those of the other probe.
/// </summary>
internal interface ILedger
{
    Task PrepareAsync();

    /// <summary>
    /// Commits a step of an order together with its messages. Order and version are the idempotency key of the sale, so a step is not
    /// committed twice.
    /// </summary>
    Task SellAsync(int order, long version, TimeSpan? delay, CancellationToken cancellationToken);

    /// <summary>Subtracts one from the remaining stock of the order. The result is wrong if an effect is lost or happens twice.</summary>
    Task TakeAsync(int order, CancellationToken cancellationToken);

    /// <summary>One entry for each time a handler was effective: a second one for a message is an effect that happened twice.</summary>
    void Note(Effect effect, string? note);

    void Publish(object message);
}

internal sealed class Effect
{
    public long Id { get; init; }

    public Guid MessageId { get; init; }

    public string What { get; init; } = "";

    public int OrderId { get; init; }

    public long Version { get; init; }

    public static Effect Of(MessageContext context, int orderId, long version) =>
        new() { MessageId = context.MessageId, What = context.Type, OrderId = orderId, Version = version };
}
