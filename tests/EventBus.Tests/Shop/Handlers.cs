using System.Collections.Concurrent;

namespace EventBus.Tests.Shop;

/// <summary>Writes an effect for every message it is given, then asks the ledger, which may fail or wait.</summary>
public sealed class NoteEffect(IEffects effects, Ledger ledger) :
    IMessageHandler<PriceChanged>, IMessageHandler<StockChanged>, IMessageHandler<ItemSold>, IMessageHandler<ChargeCard>,
    IMessageHandler<CardCharged>
{
    public Task HandleAsync(PriceChanged message, MessageContext context, CancellationToken cancellationToken) =>
        NoteAsync(message, context, message.Version, cancellationToken);

    public Task HandleAsync(StockChanged message, MessageContext context, CancellationToken cancellationToken) =>
        NoteAsync(message, context, message.Version, cancellationToken);

    public Task HandleAsync(ItemSold message, MessageContext context, CancellationToken cancellationToken) =>
        NoteAsync(message, context, message.Sequence, cancellationToken);

    public Task HandleAsync(ChargeCard message, MessageContext context, CancellationToken cancellationToken)
    {
        effects.Publish(new CardCharged(message.OrderId));
        return NoteAsync(message, context, 1, cancellationToken);
    }

    public Task HandleAsync(CardCharged message, MessageContext context, CancellationToken cancellationToken) =>
        NoteAsync(message, context, 1, cancellationToken);

    private async Task NoteAsync(object message, MessageContext context, long number, CancellationToken cancellationToken)
    {
        effects.Add(new Effect { MessageId = context.MessageId, Key = context.Key, What = context.Type, Number = number });
        await ledger.AddAsync(new Seen(message, context, System.Diagnostics.Activity.Current), cancellationToken);
    }
}

/// <summary>The messages that the handlers of one service received, in order, including those that were rolled back later.</summary>
public sealed class Ledger
{
    private readonly ConcurrentQueue<Seen> _seen = new();

    public IReadOnlyList<Seen> Seen => [.. _seen];

    /// <summary>Runs inside the handler, after its writes; throw to fail.</summary>
    public Func<Seen, CancellationToken, Task> OnHandling { get; set; } = (_, _) => Task.CompletedTask;

    public async Task AddAsync(Seen seen, CancellationToken cancellationToken)
    {
        _seen.Enqueue(seen);
        await OnHandling(seen, cancellationToken);
    }
}

public sealed record Seen(object Message, MessageContext Context, System.Diagnostics.Activity? Span);
