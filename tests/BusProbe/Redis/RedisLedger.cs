using System.Text.Json;
using EventBus;
using StackExchange.Redis;

namespace BusProbe.Redis;

/// <summary>Hashes <c>told</c> and <c>stock</c> and the list <c>effects</c>, written in the bus's own atomic step.</summary>
internal sealed class RedisLedger(RedisUnitOfWork step, IBuild build, Halts halts) : ILedger
{
    private const int Start = 1000;

    public Task PrepareAsync() => Task.CompletedTask;

    public async Task SellAsync(int order, long version, TimeSpan? delay, CancellationToken cancellationToken)
    {
        RedisValue sale = $"{order}:{version}";
        if (await step.Database.HashExistsAsync("told", sale))
        {
            return;
        }

        step.Transaction.AddCondition(Condition.HashNotExists("told", sale));
        _ = step.Transaction.HashSetAsync("told", sale, 1);
        step.Publish(build.Changed(order, version), delay);
        if (version == 1)
        {
            step.Send(new ChargeOrder(order), delay);
        }

        await halts.PassAsync(Halts.BeforeCommit);
        if (!await step.CommitAsync(cancellationToken))
        {
            throw new InvalidOperationException("It was sold meanwhile, by a try whose answer was lost.");
        }
    }

    public async Task TakeAsync(int order, CancellationToken cancellationToken)
    {
        var left = await step.Database.HashGetAsync("stock", order).WaitAsync(cancellationToken);
        step.Transaction.AddCondition(left.HasValue ? Condition.HashEqual("stock", order, left) : Condition.HashNotExists("stock", order));
        _ = step.Transaction.HashSetAsync("stock", order, (left.HasValue ? (int)left : Start) - 1);
    }

    public void Note(Effect effect, string? note) => _ = step.Transaction.ListRightPushAsync("effects", JsonSerializer.Serialize(effect));

    public void Publish(object message) => step.Publish(message);
}
