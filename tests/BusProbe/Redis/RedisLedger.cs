using System.Text.Json;
using EventBus.Redis;
using StackExchange.Redis;

namespace BusProbe.Redis;

/// <summary>
/// The hashes <c>sales</c> and <c>stock</c> and the list <c>effects</c>, written in the bus's own atomic step. A condition applies to a
/// whole key, so the conditions use keys with one order each; with a hash of all orders, sellers would conflict with each other.
/// </summary>
internal sealed class RedisLedger(RedisUnitOfWork step, IBuild build, Halts halts) : ILedger
{
    private const int Start = 1000;

    public Task PrepareAsync() => Task.CompletedTask;

    public async Task SellAsync(int order, long version, TimeSpan? delay, CancellationToken cancellationToken)
    {
        RedisKey sale = $"sale:{order}:{version}";
        if (await step.Database.KeyExistsAsync(sale))
        {
            return;
        }

        step.Transaction.AddCondition(Condition.KeyNotExists(sale));
        _ = step.Transaction.StringSetAsync(sale, 1);
        _ = step.Transaction.HashSetAsync("sales", $"{order}:{version}", 1);
        step.Publish(build.Changed(order, version), delay);
        if (version == 1)
        {
            step.Send(new ChargeOrder(order), delay);
        }

        await halts.PassAsync(Halts.BeforeCommit);
        if (!await step.CommitAsync(cancellationToken))
        {
            throw new InvalidOperationException("An earlier try, whose answer was lost, sold it.");
        }
    }

    public async Task TakeAsync(int order, CancellationToken cancellationToken)
    {
        RedisKey stock = $"stock:{order}";
        var before = await step.Database.StringGetAsync(stock).WaitAsync(cancellationToken);
        var left = (before.HasValue ? (int)before : Start) - 1;
        step.Transaction.AddCondition(before.HasValue ? Condition.StringEqual(stock, before) : Condition.KeyNotExists(stock));
        _ = step.Transaction.StringSetAsync(stock, left);
        _ = step.Transaction.HashSetAsync("stock", order, left);
    }

    public void Note(Effect effect, string? note) => _ = step.Transaction.ListRightPushAsync("effects", JsonSerializer.Serialize(effect));

    public void Publish(object message) => step.Publish(message);
}
