using EventBus.Tests.Shop;

namespace EventBus.Tests.Contracts;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Batch_WithAPoisonMessage_HandlesAllOthersOnce()
    {
        await using var shop = await StartAsync(
            "Shop.Api",
            bus => bus.Publishes<PriceChanged>(e => $"{e.ProductId}", e => e.Version).Subscribe<PriceChanged, NoteEffect>(inBatches: true),
            options => options.Prefetch = 2 * options.BatchSize); // One batch at a time.
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shop.Ledger.OnHandling = async (seen, token) =>
        {
            await gate.Task.WaitAsync(token);
            if (seen.Context.Key == "13")
            {
                throw new InvalidOperationException("unlucky number");
            }
        };

        // The first message is handled alone while the others arrive.
        await shop.PublishAsync([.. Enumerable.Range(0, 60).Select(i => new PriceChanged(i, i, 1))]);
        await Eventually.TrueAsync(() => shop.Ledger.Seen.Count == 1, "the first is being handled");
        await shop.OutboxIsEmptyAsync();
        gate.SetResult();

        await shop.HasEffectsAsync(59);
        Assert.Equal(59, (await shop.EffectsAsync()).Select(effect => effect.Key).Distinct().Count());
        Assert.Equal("13", Assert.Single(await shop.HasDeadLettersAsync(1)).Key);
    }

    [Fact]
    public async Task Batch_SkipsDuplicatesAndStaleMessages()
    {
        await using var shop = await StartAsync(
            "Shop.Api",
            bus => bus.Publishes<PriceChanged>(e => $"{e.ProductId}", e => e.Version).Subscribe<PriceChanged, NoteEffect>(inBatches: true),
            options => options.Prefetch = 2 * options.BatchSize);
        var known = OnWire(new PriceChanged(1, 1, 5), "1", version: 5);
        await shop.PutOnWireAsync(known, OnWire(new PriceChanged(2, 1, 5), "2", version: 5));
        await shop.HasEffectsAsync(2);

        await shop.PutOnWireAsync(
            known,
            OnWire(new PriceChanged(2, 1, 4), "2", version: 4),
            OnWire(new PriceChanged(3, 1, 1), "3", version: 1),
            OnWire(new PriceChanged(4, 1, 0), "4"));

        await shop.HasEffectsAsync(4);
        Assert.Equal(["1", "2", "3", "4"], (await shop.EffectsAsync()).Select(effect => effect.Key).Order());
    }
}
