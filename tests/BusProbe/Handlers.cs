using System.Collections.Concurrent;
using EventBus;
using Next = BusProbe.Tomorrow.BusProbe;

namespace BusProbe;

/// <summary>How handlers are to behave.</summary>
internal sealed class Conduct
{
    /// <summary>Orders whose handler throws.</summary>
    public ConcurrentDictionary<int, bool> Poison { get; } = new();

    public TimeSpan Delay { get; set; }

    public async Task BehaveAsync(int orderId, CancellationToken cancellationToken)
    {
        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, TimeProvider.System, cancellationToken);
        }

        if (Poison.ContainsKey(orderId))
        {
            throw new InvalidOperationException($"Order {orderId} is poison.");
        }
    }
}

internal sealed class TakeStock(
    ILedger ledger, IBuild build, Conduct conduct) : IMessageHandler<OrderChanged>, IMessageHandler<Next.OrderChanged>
{
    public Task HandleAsync(OrderChanged message, MessageContext context, CancellationToken cancellationToken) =>
        TakeAsync(Effect.Of(context, message.OrderId, message.Version), note: null, cancellationToken);

    public Task HandleAsync(Next.OrderChanged message, MessageContext context, CancellationToken cancellationToken) =>
        TakeAsync(Effect.Of(context, message.OrderId, message.Version), message.Note, cancellationToken);

    private async Task TakeAsync(Effect effect, string? note, CancellationToken cancellationToken)
    {
        await ledger.TakeAsync(effect.OrderId, cancellationToken);
        ledger.Note(effect, note);
        ledger.Publish(build.Taken(effect.OrderId, effect.Version));
        await conduct.BehaveAsync(effect.OrderId, cancellationToken);
    }
}

internal sealed class Charge(ILedger ledger, Conduct conduct) : IMessageHandler<ChargeOrder>
{
    public Task HandleAsync(ChargeOrder message, MessageContext context, CancellationToken cancellationToken)
    {
        ledger.Note(Effect.Of(context, message.OrderId, version: 0), note: null);
        return conduct.BehaveAsync(message.OrderId, cancellationToken);
    }
}

internal sealed class NoteTaken(ILedger ledger) : IMessageHandler<StockTaken>, IMessageHandler<Next.StockTaken>
{
    public Task HandleAsync(StockTaken message, MessageContext context, CancellationToken cancellationToken) =>
        NoteAsync(Effect.Of(context, message.OrderId, message.Version), note: null);

    public Task HandleAsync(Next.StockTaken message, MessageContext context, CancellationToken cancellationToken) =>
        NoteAsync(Effect.Of(context, message.OrderId, message.Version), message.Note);

    private Task NoteAsync(Effect effect, string? note)
    {
        ledger.Note(effect, note);
        return Task.CompletedTask;
    }
}
