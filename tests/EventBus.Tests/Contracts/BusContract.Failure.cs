using System.Text;
using EventBus.Outbox;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using EventBus.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Tests.Contracts;

public abstract partial class BusContract
{
    [Fact]
    public async Task FailingHandler_IsTriedUpTheLadder_AndWhatItWroteIsRolledBack()
    {
        await using var shop = await StartShopAsync();
        shop.Ledger.OnHandling = (seen, _) => seen.Context.Attempt < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;

        await shop.PublishAsync(new ItemSold(1, 1));

        await shop.HasEffectsAsync(1);
        Assert.Equal([1, 2, 3], shop.Ledger.Seen.Select(seen => seen.Context.Attempt));
        Assert.Single(shop.Ledger.Seen.Select(seen => seen.Context.MessageId).Distinct());
    }

    [Fact]
    public async Task HopelessMessage_BecomesADeadLetter_AndReplayKeepsItsId()
    {
        await using var shop = await StartShopAsync();
        var repaired = false;
        shop.Ledger.OnHandling = (seen, _) => seen.Message is ItemSold { Sequence: 13 } && !repaired
            ? throw new InvalidOperationException("unlucky number")
            : Task.CompletedTask;

        await shop.PublishAsync([.. Enumerable.Range(1, 20).Select(i => new ItemSold(i, i))]);

        await shop.HasEffectsAsync(19);
        var letter = Assert.Single(await shop.HasDeadLettersAsync(1));
        Assert.Equal(("shop.item-sold", "13", "handler-failed", 3), (letter.Type, letter.Key, letter.Reason, letter.Attempts));
        Assert.Equal((typeof(InvalidOperationException).FullName, "unlucky number"), (letter.ExceptionType, letter.ExceptionMessage));
        Assert.Contains(nameof(NoteEffect), letter.ExceptionStack, StringComparison.Ordinal);
        Assert.Equal(("events", "shop.item-sold"), (letter.OriginExchange, letter.OriginRoutingKey));
        Assert.True(letter.CreatedAt < letter.FirstFailedAt && letter.FirstFailedAt < letter.LastFailedAt);

        await shop.ReplayAsync(new DeadLetterReplay { Queue = "shop-api", Where = l => l.Type == "other" }, count: 0);
        await shop.ReplayAsync(new DeadLetterReplay { Queue = "shop-api", DryRun = true }, count: 1);
        repaired = true;
        await shop.ReplayAsync(new DeadLetterReplay { Queue = "shop-api" }, count: 1);

        await shop.HasEffectsAsync(20);
        Assert.Contains(await shop.EffectsAsync(), effect => effect.MessageId == letter.MessageId);
        await shop.HasDeadLettersAsync(0);
    }

    [Fact]
    public async Task LetterOfAProcessWhoseClockIsAhead_IsReplayed()
    {
        await using var shop = await StartShopAsync();
        var failedAt = (TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1)).ToUnixTimeMilliseconds() * 1000;

        await shop.PutOnWireAsync(OnWire(new ItemSold(1, 1), "1").To("shop-api.dead-letter", [new(HeaderNames.LastFailedAt, failedAt)]));

        Assert.Equal("1", Assert.Single(await shop.HasDeadLettersAsync(1)).Key);
        await shop.ReplayAsync(new DeadLetterReplay { Queue = "shop-api" }, count: 1);
        await shop.HasEffectsAsync(1);
    }

    [Fact]
    public async Task LetterThatFailsAgain_IsReplayedOnceByAReplay()
    {
        await using var shop = await StartShopAsync(options => options.RetryDelays = []);
        shop.Ledger.OnHandling = (_, _) => throw new InvalidOperationException("never");
        await shop.PublishAsync([.. Enumerable.Range(1, 20).Select(i => new ItemSold(i, i))]);
        await shop.HasDeadLettersAsync(20);

        // Slow enough for the first ones to be back before the last ones go.
        await shop.ReplayAsync(new DeadLetterReplay { Queue = "shop-api", Rate = 20 }, count: 20);

        await shop.HasDeadLettersAsync(20);
        Assert.Equal(40, shop.Ledger.Seen.Count);
    }

    [Fact]
    public async Task WhatNobodyUnderstands_IsParkedAtOnce_AndTheRestFlows()
    {
        await using var shop = await StartShopAsync();
        var good = OnWire(new ItemSold(1, 1), "1");

        await shop.PutOnWireAsync(
            OnWire(new ItemSold(1, 2), "1", type: "shop.from-the-future").To("shop-api", []),
            good with { MessageId = $"{Guid.NewGuid()}", Body = Encoding.UTF8.GetBytes("{ not json") },
            good with { MessageId = $"{Guid.NewGuid()}", Body = Encoding.UTF8.GetBytes("""{"sequence":3}""") },
            good with { MessageId = "not-a-uuid" },
            good);

        await shop.HasEffectsAsync(1);
        Assert.Equal(
            ["bad-body", "bad-body", "bad-envelope", "unknown-type"],
            (await shop.HasDeadLettersAsync(4)).Select(letter => letter.Reason).Order());
        Assert.Single(shop.Ledger.Seen);
    }

    [Fact]
    public async Task HandlerThatPublishesAndFails_PublishesOnce()
    {
        await using var payments = await StartAsync("Payment.Api", bus => bus
            .Sends<ChargeCard>(c => $"{c.OrderId}").Handle<ChargeCard, NoteEffect>()
            .Publishes<CardCharged>(e => $"{e.OrderId}").Subscribe<CardCharged, NoteEffect>());
        payments.Ledger.OnHandling = (seen, _) => seen.Message is ChargeCard && seen.Context.Attempt == 1
            ? throw new TimeoutException("the bank is slow")
            : Task.CompletedTask;

        await payments.SendAsync(new ChargeCard(Guid.NewGuid(), 1m));

        await payments.HasEffectsAsync(2);
        await payments.OutboxIsEmptyAsync();
        Assert.Single(payments.Ledger.Seen, seen => seen.Message is CardCharged);
    }

    [Theory]
    [InlineData(CrashPoints.Claimed)]
    [InlineData(CrashPoints.Confirmed)]
    [InlineData(CrashPoints.Handled)]
    [InlineData(CrashPoints.Committed)]
    public async Task CrashAtAnyPoint_LosesNothing_AndDoublesNothing(string point)
    {
        await using var shop = await StartAsync(
            "Shop.Api", DeclareShop, services: services => services.AddSingleton<CrashPoints>(new CrashOnce(point)));

        await shop.PublishAsync([.. Enumerable.Range(1, 40).Select(i => new ItemSold(i % 4, i))]);

        await shop.HasEffectsAsync(40);
        Assert.Equal(40, (await shop.EffectsAsync()).Select(effect => effect.MessageId).Distinct().Count());
        await shop.OutboxIsEmptyAsync();
    }
}
