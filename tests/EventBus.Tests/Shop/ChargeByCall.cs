using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Tests.Shop;

/// <summary>Charges by a call before the transaction. Its first transaction fails, so that the call is made again.</summary>
public sealed class ChargeByCall(IEffects effects, Calls calls, IServiceProvider services) : ICallingMessageHandler<ChargeCard, string>
{
    public Task<string> CallAsync(ChargeCard message, MessageContext context, CancellationToken cancellationToken)
    {
        var inTransaction = services.GetService<ShopContext>()?.Database.CurrentTransaction is not null;
        calls.Made.Enqueue(new Call(context.MessageId, "provider", inTransaction));
        return Task.FromResult("provider");
    }

    public Task HandleAsync(ChargeCard message, string result, MessageContext context, CancellationToken cancellationToken)
    {
        effects.Publish(new CardCharged(message.OrderId));
        effects.Add(new Effect { MessageId = context.MessageId, Key = context.Key, What = result });
        return calls.Made.Count == 1 ? throw new TimeoutException("the commit failed") : Task.CompletedTask;
    }
}

public sealed class Calls
{
    public ConcurrentQueue<Call> Made { get; } = new();
}

public sealed record Call(Guid MessageId, string Result, bool InTransaction);
