using EventBus.Consuming;
using EventBus.Failure;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Tests.Contracts;

public abstract partial class StoreContract
{
    [Fact]
    public async Task EventsOfOneStep_ArriveOnce_InOrderOfTheirKey()
    {
        await using var shop = await StartShopAsync();

        await shop.PublishAsync([.. Enumerable.Range(1, 300).Select(i => new ItemSold(i % 3, i))]);

        await shop.HasEffectsAsync(300);
        foreach (var product in (await shop.EffectsAsync()).GroupBy(effect => effect.Key))
        {
            Assert.Equal(product.Select(effect => effect.Number).Order(), product.Select(effect => effect.Number));
        }

        await shop.OutboxIsEmptyAsync();
    }

    [Fact]
    public async Task Command_ReachesOneReceiver_AndItsEventCarriesTheCorrelation()
    {
        await using var ordering = await StartAsync(
            "Ordering.Api", bus => bus.Sends<ChargeCard>(c => $"{c.OrderId}").Subscribe<CardCharged, NoteEffect>());
        await using var payments = await StartAsync(
            "Payment.Api", bus => bus.Handle<ChargeCard, NoteEffect>().Publishes<CardCharged>(
                _ => "another-key", correlationId: _ => Guid.NewGuid()));

        var order = Guid.NewGuid();
        await ordering.SendAsync(new ChargeCard(order, 12.5m));

        await ordering.HasEffectsAsync(1);
        await payments.HasEffectsAsync(1);
        var charged = Assert.Single(ordering.Ledger.Seen);
        Assert.Equal(new CardCharged(order), charged.Message);
        Assert.Equal($"{order}", charged.Context.CorrelationId);
        Assert.Equal("another-key", charged.Context.Key);
        Assert.Equal("shop.card-charged", charged.Context.Type);
        Assert.Equal(1, charged.Context.Attempt);
    }

    [Fact]
    public async Task EventOutsideAHandler_BeginsTheFlowThatItsDeclarationNames()
    {
        await using var shop = await StartAsync("Shop.Api", bus => bus
            .Publishes<CardCharged>(_ => "a-customer", correlationId: e => e.OrderId).Subscribe<CardCharged, NoteEffect>());

        var order = Guid.NewGuid();
        await shop.PublishAsync(new CardCharged(order));

        await shop.HasEffectsAsync(1);
        var charged = Assert.Single(shop.Ledger.Seen);
        Assert.Equal($"{order}", charged.Context.CorrelationId);
        Assert.Equal("a-customer", charged.Context.Key);
    }

    [Fact]
    public async Task RequiredConsumer_ReceivesOnceAndInOrder_WhatWasPublishedBeforeItFirstStarted()
    {
        await using var basket = await StartAsync("Basket.Api", bus => bus
            .Publishes<ItemSold>(e => $"{e.ProductId}", requiredBy: ["ordering-api"]).Subscribe<ItemSold, NoteEffect>());
        await basket.PublishAsync([.. Enumerable.Range(1, 60).Select(i => new ItemSold(i % 3, i))]);
        await basket.HasEffectsAsync(60);
        await basket.OutboxIsEmptyAsync();

        await using var ordering = await StartAsync("Ordering.Api", bus => bus.Subscribe<ItemSold, NoteEffect>());

        await ordering.HasEffectsAsync(60);
        foreach (var product in (await ordering.EffectsAsync()).GroupBy(effect => effect.Key))
        {
            Assert.Equal(product.Select(effect => effect.Number).Order(), product.Select(effect => effect.Number));
        }
    }

    [Fact]
    public async Task EventWithoutSubscribers_LeavesTheOutbox()
    {
        await using var shop = await StartAsync("Shop.Api", bus => bus.Publishes<ItemSold>(e => $"{e.ProductId}"));
        await shop.PublishAsync(new ItemSold(1, 1));
        await shop.OutboxIsEmptyAsync();
    }

    [Fact]
    public async Task Replicas_KeepTheOrderOfAKey()
    {
        var plan = await PlanAsync("Shop.Api", DeclareShop);
        await using var first = await Service.StartAsync(plan);
        await using var second = await Service.StartAsync(plan);
        await first.PublishAsync([.. Enumerable.Range(1, 100).Select(i => new ItemSold(i % 2, i))]);
        await Eventually.TrueAsync(() => first.Ledger.Seen.Count + second.Ledger.Seen.Count > 20, "some are handled");

        await first.StopAsync();
        await second.PublishAsync([.. Enumerable.Range(101, 100).Select(i => new ItemSold(i % 2, i))]);

        await second.HasEffectsAsync(200);
        foreach (var product in (await second.EffectsAsync()).GroupBy(effect => effect.Key))
        {
            Assert.Equal(product.Select(effect => effect.Number).Order(), product.Select(effect => effect.Number));
        }
    }

    /// <summary>The owner of the partitions sleeps for an hour unless it is woken.</summary>
    [Fact]
    public async Task Commit_OfAReplicaThatRelaysNothing_WakesTheOneThatDoes()
    {
        var plan = (await PlanAsync("Shop.Api", DeclareShop)) with { Configure = options => options.SweepInterval = TimeSpan.FromHours(1) };
        await using var owner = await Service.StartAsync(plan);
        await owner.PublishAsync([.. Enumerable.Range(1, 10).Select(i => new ItemSold(i, i))]);
        await owner.OutboxIsEmptyAsync();
        await using var other = await Service.StartAsync(plan);

        for (var i = 11; i <= 20; i++)
        {
            await other.PublishAsync(new ItemSold(i, i));
            await other.HasEffectsAsync(i);
        }
    }

    [Fact]
    public async Task SameMessageTwice_HasOneEffect()
    {
        await using var shop = await StartShopAsync();
        var sold = OnWire(new ItemSold(1, 1), "1");

        await shop.PutOnWireAsync(sold, sold, OnWire(new ItemSold(1, 2), "1"));

        // The third message with this key arrives after both copies.
        await Eventually.TrueAsync(
            async () => (await shop.EffectsAsync()).Any(effect => effect.Number == 2), "the last message is handled");
        Assert.Equal([1, 2], (await shop.EffectsAsync()).Select(effect => effect.Number));
    }

    [Fact]
    public async Task SameVersionTwice_HasOneEffect_AlsoAfterANewerOne()
    {
        await using var shop = await StartShopAsync();
        var first = OnWire(new PriceChanged(1, 10, 1), "1", version: 1);

        await shop.PutOnWireAsync(
            first, first, OnWire(new PriceChanged(1, 11, 2), "1", version: 2), first, OnWire(new PriceChanged(1, 12, 3), "1", version: 3));

        await Eventually.TrueAsync(
            async () => (await shop.EffectsAsync()).Any(effect => effect.Number == 3), "the last message is handled");
        Assert.Equal([1, 2, 3], (await shop.EffectsAsync()).Select(effect => effect.Number));
    }

    [Fact]
    public async Task VersionThatFails_IsHandledByItsRetry_UnlessANewerOneWas()
    {
        await using var shop = await StartShopAsync(options => options.RetryDelays = [TimeSpan.FromSeconds(1)]);
        shop.Ledger.OnHandling = (seen, _) => seen.Context.Attempt == 1 && seen.Message is PriceChanged { Version: 1 }
            ? throw new InvalidOperationException("once")
            : Task.CompletedTask;

        await shop.PutOnWireAsync(
            OnWire(new PriceChanged(1, 10, 1), "1", version: 1), OnWire(new PriceChanged(1, 11, 2), "1", version: 2),
            OnWire(new PriceChanged(2, 10, 1), "2", version: 1));

        await Eventually.TrueAsync(async () => (await shop.EffectsAsync()).Any(effect => effect.Key == "2"), "the retry is handled");
        Assert.Equal([2], (await shop.EffectsAsync()).Where(effect => effect.Key == "1").Select(effect => effect.Number));
    }

    [Fact]
    public async Task OlderVersion_IsSkipped_AndOtherTypesOfTheKeyAreNot()
    {
        await using var shop = await StartShopAsync();

        await shop.PutOnWireAsync(
            OnWire(new PriceChanged(1, 10, 7), "1", version: 7),
            OnWire(new PriceChanged(1, 9, 6), "1", version: 6),
            OnWire(new StockChanged(1, 5, 6), "1", version: 6),
            OnWire(new PriceChanged(2, 9, 6), "2", version: 6),
            OnWire(new PriceChanged(1, 11, 8), "1", version: 8));

        await shop.HasEffectsAsync(4);
        Assert.Equal(
            [("shop.price-changed", 7L), ("shop.stock-changed", 6L), ("shop.price-changed", 8L)],
            (await shop.EffectsAsync()).Where(effect => effect.Key == "1").Select(effect => (effect.What, effect.Number)));
    }

    [Fact]
    public async Task SameKey_IsHandledOneByOne_WhileOthersGoOn()
    {
        await using var shop = await StartShopAsync();
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shop.Ledger.OnHandling = (seen, token) => seen.Message is ItemSold { Sequence: 1 }
            ? first.Task.WaitAsync(token)
            : Task.CompletedTask;

        await shop.PublishAsync(new ItemSold(1, 1), new ItemSold(1, 2), new ItemSold(2, 3));

        await Eventually.TrueAsync(async () => (await shop.EffectsAsync()).Any(effect => effect.Number == 3), "the other key is handled");
        Assert.DoesNotContain(shop.Ledger.Seen, seen => seen.Message is ItemSold { Sequence: 2 });
        first.SetResult();
        await shop.HasEffectsAsync(3);
    }

    [Fact]
    public async Task DelayedEvent_ArrivesWhenDue()
    {
        await using var shop = await StartShopAsync();
        var delay = TimeSpan.FromSeconds(1);
        var waited = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        shop.Ledger.OnHandling = (seen, _) =>
        {
            waited.TrySetResult(TimeProvider.System.GetUtcNow() - seen.Context.CreatedAt);
            return Task.CompletedTask;
        };

        await shop.PublishAsync(delay, new ItemSold(1, 1));

        await shop.HasEffectsAsync(1);
        Assert.InRange(await waited.Task, delay, TimeSpan.MaxValue);
    }

    [Fact]
    public async Task UndeclaredEvent_IsRefused_WithTheFix()
    {
        await using var shop = await StartShopAsync();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => shop.PublishAsync(new NeverDeclared(1)));

        Assert.Contains("EventBus.Tests.Shop.NeverDeclared", refused.Message, StringComparison.Ordinal);
        Assert.Contains(".Publishes<NeverDeclared>(key)", refused.Message, StringComparison.Ordinal);
        var confused = await Assert.ThrowsAsync<InvalidOperationException>(() => shop.SendAsync(new ItemSold(1, 1)));
        Assert.Contains("declared as an event", confused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_FinishesWhatRuns_AndTheNextProcessGetsTheRest()
    {
        var plan = await PlanAsync("Shop.Api", DeclareShop);
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (var first = await Service.StartAsync(plan with { Configure = options => options.Concurrency = 2 }))
        {
            first.Ledger.OnHandling = (_, token) => running.Task.WaitAsync(token);
            await first.PublishAsync([.. Enumerable.Range(1, 50).Select(i => new ItemSold(i, i))]);
            await Eventually.TrueAsync(() => first.Ledger.Seen.Count == 2, "two handlers run");

            var stopping = first.StopAsync();
            await first.Services.GetRequiredService<ConsumerService>().Draining.WaitAsync(Token);
            running.SetResult();
            await stopping;

            Assert.Equal(2, first.Ledger.Seen.Count);
        }

        await using var second = await Service.StartAsync(plan);
        await second.HasEffectsAsync(50);
        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), (await second.EffectsAsync()).Select(effect => effect.Number).Order());
        Assert.Equal(48, second.Ledger.Seen.Count);
    }

    [Fact]
    public async Task Stopping_WhileTheStoreIsUnavailable_WaitsForNoOtherTry()
    {
        var plan = await PlanAsync("Shop.Api", DeclareShop);
        await using (
            var first = await Service.StartAsync(plan with { Configure = options => options.DrainTimeout = TimeSpan.FromHours(1) }))
        {
            first.Ledger.OnHandling = (_, _) => throw new StoreUnavailableException(new TimeoutException("no answer"));
            await first.PublishAsync(new ItemSold(1, 1), new ItemSold(1, 2));
            await Eventually.TrueAsync(() => first.Ledger.Seen.Count > 2, "it is tried again and again");

            await first.StopAsync().WaitAsync(TimeSpan.FromSeconds(30), Token);

            Assert.All(first.Ledger.Seen, seen => Assert.Equal(1, ((ItemSold)seen.Message).Sequence));
        }

        await using var second = await Service.StartAsync(plan);
        await second.HasEffectsAsync(2);
    }
}
