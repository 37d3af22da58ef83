using System.Collections.Concurrent;
using EventBus;

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

internal sealed class TakeStock(LedgerContext db, Conduct conduct) : IMessageHandler<OrderChanged>
{
    public async Task HandleAsync(OrderChanged message, MessageContext context, CancellationToken cancellationToken)
    {
        if (await db.Stock.FindAsync([message.OrderId], cancellationToken) is { } stock)
        {
            stock.Left--;
        }
        else
        {
            db.Add(new Stock { OrderId = message.OrderId, Left = Stock.Start - 1 });
        }

        db.Note(context, message.OrderId, message.Version);
        db.Publish(new StockTaken(message.OrderId, message.Version));
        await conduct.BehaveAsync(message.OrderId, cancellationToken);
    }
}

internal sealed class Charge(LedgerContext db, Conduct conduct) : IMessageHandler<ChargeOrder>
{
    public Task HandleAsync(ChargeOrder message, MessageContext context, CancellationToken cancellationToken)
    {
        db.Note(context, message.OrderId, 0);
        return conduct.BehaveAsync(message.OrderId, cancellationToken);
    }
}

internal sealed class NoteTaken(LedgerContext db) : IMessageHandler<StockTaken>
{
    public Task HandleAsync(StockTaken message, MessageContext context, CancellationToken cancellationToken)
    {
        db.Note(context, message.OrderId, message.Version);
        return Task.CompletedTask;
    }
}

internal static class Notes
{
    public static void Note(this LedgerContext db, MessageContext context, int orderId, long version) =>
        db.Add(new Effect { MessageId = context.MessageId, What = context.Type, OrderId = orderId, Version = version });
}
