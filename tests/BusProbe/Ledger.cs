using EventBus;

namespace BusProbe;

/// <summary>What a probe has told and what it has done, in whichever store it has, for a test to compare with the other's.</summary>
internal interface ILedger
{
    Task PrepareAsync();

    /// <summary>
    /// Commits a step of an order together with its messages. Order and version are the idempotency key of the sale: what was committed before
    /// is not committed again.
    /// </summary>
    Task SellAsync(int order, long version, TimeSpan? delay, CancellationToken cancellationToken);

    /// <summary>Takes one from what is left for the order: a sum that is wrong when an effect is lost or doubled.</summary>
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
